"""What the writer's and the approver's pages show, the user first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_of, today
from gongkai.annual_report.authorship import wrote
from gongkai.annual_report.content import ReportContent
from gongkai.annual_report.duties import Duty, dated, is_out
from gongkai.annual_report.figure_groups import place_of
from gongkai.annual_report.figures import content_of, previous, previous_texts
from gongkai.annual_report.linked_figures import addresses, compares_with_last_year, links
from gongkai.annual_report.models import Report, ReportStep, Scope, SectionText
from gongkai.annual_report.writing.as_read import printed_leniently
from gongkai.annual_report.writing.checks import Note, notes_of
from gongkai.annual_report.writing.differences import Differences, differences
from gongkai.annual_report.writing.likeness import Likeness, compared
from gongkai.annual_report.writing.sections import ALL, BY_KEY, Section
from gongkai.annual_report.writing.word_count import words_in
from gongkai.law.report_procedure import WRITERS, ReportAct, ReportState, possible
from gongkai.law.texts import Text


def with_words(content: ReportContent, report: Report, words: Mapping[str, str]) -> ReportContent:
    """The content with other words; last year's tables come along where these words need them."""
    before = content.previous
    if before is None and compares_with_last_year(words.values()):
        before = previous(report.agency, report.year, report.scope)
    return replace(content, sections={**content.sections, **words}, previous=before)


@dataclass(frozen=True)
class Linked:
    """A figure that a section links to: as typed, of what it speaks, what it prints."""

    link: str
    places: Text
    printed: str


def linked(text: str, content: ReportContent) -> tuple[Linked, ...]:
    """Every figure of a text once."""
    form = content.tables.form
    found = []
    for link in dict.fromkeys(links(text)):
        places = [place_of(name, form) for name in dict.fromkeys(addresses(f"{{{{{link}}}}}"))]
        told = Text("、".join(one.zh for one in places), ", ".join(one.en for one in places))
        found.append(Linked(link, told, printed_leniently(f"{{{{{link}}}}}", content)))
    return tuple(found)


@dataclass(frozen=True)
class Written:
    """A section as it stands: typed, printed, how long, what is said of it, how much of it stood there last year."""

    section: Section
    text: str
    printed: str
    length: int
    notes: Sequence[Note]
    before: str
    likeness: Likeness
    figures: Sequence[Linked]


@dataclass(frozen=True)
class WritingPage:
    """One report for one person. `one_section`: only its words are looked at, and members of a 汇总 are not asked."""

    person: Person
    report: Report
    one_section: bool = False

    @cached_property
    def content(self) -> ReportContent:
        return content_of(self.report)

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        return notes_of(self.content, self.report, with_members=not self.one_section)

    @cached_property
    def before(self) -> Mapping[str, str]:
        """Last year's words by section."""
        return previous_texts(self.report.agency, self.report.year, self.report.scope)

    @cached_property
    def state(self) -> ReportState:
        return ReportState(self.report.state)

    @cached_property
    def acts(self) -> tuple[ReportAct, ...]:
        """What this person may do now on these pages; figures are frozen and opened on the page of the tables."""
        here = (ReportAct.SUBMIT, ReportAct.RETURN, ReportAct.SIGN, ReportAct.PUBLISH, ReportAct.REOPEN)
        may = possible(
            state=self.state,
            roles=roles_of(self.person, self.report.agency),
            frozen=self.report.frozen is not None,
            wrote=wrote(self.person, self.report),
        )
        return tuple(act for act in here if act in may)

    @cached_property
    def may_write(self) -> bool:
        return self.state is ReportState.WRITING and bool(WRITERS & roles_of(self.person, self.report.agency))

    @property
    def steps(self) -> Sequence[ReportStep]:
        return list(self.report.steps.select_related("actor"))

    @property
    def duties(self) -> Sequence[Duty]:
        """The deadlines while the report is not out."""
        return (
            ()
            if is_out(self.report)
            else dated(self.report.agency, self.report.year, Scope(self.report.scope), today())
        )

    @property
    def sections(self) -> Sequence[Written]:
        return [self.written(section.key) for section in ALL]

    @property
    def of_whole(self) -> Sequence[Note]:
        """Notes on tables, or on no section in particular."""
        return [note for note in self.notes if not note.section]

    @property
    def blocking(self) -> Sequence[Note]:
        return [note for note in self.notes if note.blocks]

    @property
    def length_of_one(self) -> int:
        """The words of part one, whose length the form speaks of."""
        return sum(words_in(text) for key, text in self.content.sections.items() if key.startswith("1"))

    def written(self, key: str) -> Written:
        text = self.content.sections.get(key, "")
        before = self.before.get(key, "")
        notes = [note for note in self.notes if note.section == key]
        shown = printed_leniently(text, self.content)
        return Written(
            section=BY_KEY[key],
            text=text,
            printed=shown,
            length=words_in(text),
            notes=notes,
            before=before,
            likeness=compared(shown, before),
            figures=linked(text, self.content),
        )

    def with_text(self, key: str, text: str) -> WritingPage:
        """The page as it would be with these words, not saved."""
        page = WritingPage(self.person, self.report, one_section=True)
        page.__dict__["content"] = with_words(self.content, self.report, {key: text})
        return page

    def newest(self, key: str) -> SectionText | None:
        return self.report.texts.filter(section=key).select_related("by").last()

    def versions(self, key: str) -> Sequence[SectionText]:
        return list(self.report.texts.filter(section=key).select_related("by").order_by("-number"))

    # --- For the approver ---

    @cached_property
    def submissions(self) -> Sequence[ReportStep]:
        """Every time it was put before the approver, the newest first."""
        return list(self.report.steps.filter(kind=ReportAct.SUBMIT).select_related("actor").order_by("-number"))

    @property
    def changes(self) -> Differences | None:
        """What is new since the submission before this one, or since what is published; None where there was none."""
        earlier = self.submissions[1:] if self.state is not ReportState.WRITING else self.submissions
        data = earlier[0].facts.get("content") if earlier else None
        if data is None:
            published = self.report.publications.last()
            data = published.content if published else None
        return differences(ReportContent.from_data(data), self.content) if data else None

    @property
    def answers(self) -> Sequence[Mapping[str, str]]:
        """What was answered to each doubt in the newest submission."""
        return self.submissions[0].facts.get("answers", []) if self.submissions else []
