"""What a file of questions must have, so that no reader meets a choice that YAML has changed."""

import pytest
from embedding_geometry.widgets import SelfCheck

QUESTION = """
- question: Is it so?
  choices:
    - text: {text}
      why: {why}
    - text: "No"
      why: It is.
      correct: true
"""


def check(tmp_path, text, why):
    path = tmp_path / "check.yml"
    path.write_text(QUESTION.format(text=text, why=why), encoding="utf-8")
    return SelfCheck(path)


def test_questions_come_through_as_they_were_written(tmp_path):
    (question,) = check(tmp_path, '"Yes"', "Look again.").questions
    assert [choice["text"] for choice in question["choices"]] == ["Yes", "No"]
    assert [choice["correct"] for choice in question["choices"]] == [False, True]


@pytest.mark.parametrize(
    ("text", "why", "part"), [("Yes", "Wrong.", "text"), ("Maybe", "no", "why"), ("", "Wrong.", "text")]
)
def test_a_text_that_yaml_reads_as_something_else_is_named(tmp_path, text, why, part):
    with pytest.raises(ValueError, match=f"the {part} of every choice of 'Is it so\\?' must be text"):
        check(tmp_path, text, why)
