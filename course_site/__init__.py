"""What turns the chapters into this site, beyond the configuration: one module a job."""

from course_site import (
    accessibility,
    addresses,
    browser_files,
    claims_page,
    content_security_policy,
    descriptions,
    downloads,
    execution_cache,
    finished_pages,
    font_subsets,
    mathematics,
    moved_pages,
    page_scripts,
    pictures,
    stylesheets,
    templates,
    widget_files,
)

JOBS = (
    execution_cache,
    templates,
    widget_files,
    browser_files,
    mathematics,
    claims_page,
    downloads,
    addresses,
    descriptions,
    accessibility,
    moved_pages,
    page_scripts,
    pictures,
    font_subsets,
    stylesheets,
    content_security_policy,  # the last that changes pages: it looks at all that one holds
    finished_pages,
)


def setup(app) -> dict:
    """Register every job with Sphinx."""
    for job in JOBS:
        job.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
