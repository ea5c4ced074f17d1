"""The mouse and a finger, in the coordinates of a plane."""


def to_screen(widget, x, y, extent=1.5):
    """Return where on the screen a point of the plane is."""
    widget.locator("svg").scroll_into_view_if_needed()
    return widget.locator("svg").evaluate(
        """(drawing, [x, y]) => {
          const place = new DOMPoint(x, y).matrixTransform(drawing.getScreenCTM());
          return [place.x, place.y];
        }""",
        [200 + x / extent * 200, 200 - y / extent * 200],
    )


def drag(widget, start, end, *, extent=1.5, steps=4):
    """Drag with the mouse from one point of the plane to another."""
    mouse = widget.page.mouse
    mouse.move(*to_screen(widget, start[0], start[1], extent))
    mouse.down()
    mouse.move(*to_screen(widget, end[0], end[1], extent), steps=steps)
    mouse.up()


def swipe(page, path):
    """Move one finger along these points of the screen."""
    session = page.context.new_cdp_session(page)
    for i, (x, y) in enumerate(path):
        event = {"type": "touchMove" if i else "touchStart", "touchPoints": [{"x": x, "y": y}]}
        session.send("Input.dispatchTouchEvent", event)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
