"""Reading and pressing the pages of experience, for their tests."""

from streamlit.testing.v1 import AppTest

from sediff.findings import FINDINGS
from sediff.view.words import sentence_case

LBBB = "Sinus bradycardia, left bundle branch block, 80-year-old man"
OWN_TEXT = "In our clinic every new LBBB has an echo within a week, ![x](http://evil.example/a.png)"


def generated(app: AppTest, report: str = LBBB) -> AppTest:
    app.run()
    app.text_area(key="report").set_value(report).run()
    return button(app, "Generate").click().run()


def button(app: AppTest, label: str):
    return next(b for b in app.button if b.label == label)


def labels(app: AppTest) -> list[str]:
    return [b.label for b in app.button]


def words(app: AppTest) -> str:
    kinds = ("markdown", "caption", "info", "warning", "success", "error")
    return " ".join(str(getattr(e, "value", "")) for kind in kinds for e in app.get(kind)).replace(
        "\\", ""
    )


def open_view(page: AppTest, name: str) -> AppTest:
    return page.segmented_control(key="experience_view").set_value(name).run()


def view_name(id: str) -> str:
    """The name of a finding as the page begins a report with it."""
    return sentence_case(FINDINGS[id].name)
