"""The whole way of one tender in a browser, step by step, whoever's hands walk it."""

import re
from dataclasses import dataclass, field

from web import bidders
from web.hands import Hands
from web.walked import Walk

NUMBERS = {
    "Title of the purchase": "Contribution to climate action 2026",
    "Deadline for answers": "2026-10-15",
    "Year of the claim": "2026",
    "Credits wanted (t CO₂e)": "600",
    "Budget": "60000",
    "Currency": "EUR",
    "Year of the inventory": "2024",
    "Emissions in the base year (t CO₂e)": "1250000",
    "Residual emissions (t CO₂e)": "125000",
    "Tonnes authorised (t CO₂e)": "2500",
}
CHOICES = {
    "Claim that the city wants to make": "Contribution to climate action elsewhere",
    "Where the claim is made": "The territory",
    "Procedure": "Tender",
    "Procurement law": "EU directives",
    "How locality enters": "By the benefit that reaches residents",
    "Emissions that the claim is about": "The whole city",
    "Standard of the inventory": "National standard",
    "Reduction target apart from offsets": "Yes",
    "Who authorised the purchase": "Executive",
}
FORM, LIST, PAPER = "Pohjola bid.xlsx", "broker list.csv", "opinion.pdf"
OFFICER = "Maija Esimerkki"
JUDGED = "VCS2930: No listing under another programme that needs a look"
PDF = b"%PDF-1.4\n% An opinion on the EU emissions trading system in Iceland (invented)\n"


@dataclass
class Way:
    """One tender from nothing to signed letters; after each step the page is looked at."""

    walk: Walk
    hands: Hands
    folder: object
    name: str
    alone: bool = True
    shots: object = None
    steps: int = 0
    kept: dict = field(default_factory=dict)

    @property
    def tender(self):
        return self.folder / self.name

    def said(self, *words):
        text = self.walk.text()
        for one in words:
            assert one in text, (one, text[:3000])

    def clean(self, step, *told):
        """Look at what came: no word in the console but those expected, one heading, no raw key."""
        page = self.walk.page
        assert [one for one in self.walk.told if not any(t in one for t in told)] == [], step
        self.walk.told.clear()
        assert self.walk.outside == [], step
        assert page.locator("h1").count() == 1, step
        assert "web_" not in self.walk.text(), step
        self.steps += 1
        if self.shots:
            for width in (1280, 320):
                page.set_viewport_size({"width": width, "height": 900})
                shot = f"{self.shots}/{self.steps:02d}_{step.replace(' ', '_')}_{width}.png"
                page.screenshot(path=shot, full_page=True)
            page.set_viewport_size({"width": 1280, "height": 900})

    # From an empty folder to the bid form

    def begin(self):
        self.hands.go("New tender")
        self.hands.go("Begin the tender")
        self.said("Something is missing or wrong", "Choose a city of the list")
        assert self.walk.page.title().startswith("Error:")
        self.clean("nothing typed", "422")
        self.hands.write("Name of its folder", self.name)
        self.hands.choose("Whose rules decide", "City of Turku")
        self.hands.go("Begin the tender")
        self.said("The tender is begun")
        self.clean("begun")

    def buy(self):
        self.hands.go("Say what is bought")
        self.hands.write("Budget", "sixty thousand")
        self.hands.go("Save")
        self.said("Something is missing or wrong")
        assert self.hands.labelled("Budget").input_value() == "sixty thousand"
        self.clean("a budget in words", "422")
        for label, text in NUMBERS.items():
            self.hands.write(label, text)
        for label, option in CHOICES.items():
            self.hands.choose(label, option)
        self.hands.go("Save")
        self.said("The purchase is saved", "The purchase is ready")
        self.clean("purchase saved")

    def ask(self):
        self.hands.menu("Bid form")
        self.hands.choose("Language of the form", "Svenska")
        self.hands.choose("Language of the form", "English")
        self.hands.go("Show what it asks")
        self.said("It asks for")
        form = self.hands.fetch("Download the workbook")
        self.clean("bid form")
        return form

    # Offers come in

    def hand_in(self, form):
        """A bidder's form and a paper are looked at and stored."""
        self.hands.menu("Files")
        bid = bidders.form_filled(form)
        self.hands.hand_in(
            "Files",
            {"name": FORM, "mimeType": "application/octet-stream", "buffer": bid},
            {"name": PAPER, "mimeType": "application/pdf", "buffer": PDF},
        )
        self.hands.go("Look at them")
        self.said("2 files were looked at. Nothing is stored yet.", "Filled form", "Paper")
        self.clean("looked at")
        self.hands.go("Store what is ticked")
        self.said("2 files are stored", "1 offer")
        self.clean("form stored")

    def put_right(self):
        """The office has put all bids into one list: it takes the form's place, once it is read right."""
        bids = {"name": LIST, "mimeType": "text/csv", "buffer": bidders.list_of_all()}
        self.hands.hand_in("Files", bids)
        self.hands.go("Look at them")
        self.hands.go(LIST)
        self.said("the column is not read")
        self.clean("list not read whole")
        self.hands.choose("It is: Rate", "Price a tonne")
        self.hands.choose("Numbers are written as", "1.234,5")
        self.hands.tick("It is no offer: 6")
        self.hands.go("Read it again so")
        self.said("4 read")
        self.clean("list put right")
        self.hands.go("Back to the files")
        self.hands.go("Store what is ticked")
        self.said("Something is missing or wrong")
        self.clean("list would replace the form", "422")
        self.hands.tick(f"Replace offers/{FORM}")
        self.hands.go("Store what is ticked")
        self.said("stored")
        self.clean("list stored")

    # What they say, and on which evidence

    def answers(self):
        self.hands.menu("Answers")
        self.clean("answers of all")
        self.hands.go(bidders.BY_FORM)
        self.clean("answers of one")
        self.hands.go("Covered by a domestic scheme")
        self.clean("one answer")
        self.hands.go("Note it")
        self.said("Choose the kind of paper", "Choose the paper, or write its title")
        self.clean("nothing said of the paper", "422")
        self.hands.choose("Paper in the tender's folder", PAPER)
        self.hands.write("Page", "1-2")
        self.hands.choose("Kind of paper", "Legal opinion of an independent lawyer (E3)")
        if self.alone:
            self.hands.write("Your name", OFFICER)
        self.hands.go("Note it")
        self.said("Noted. The verdict was")
        self.clean("confirmed")

    def a_colleague_notes_the_rest(self):
        """Somebody else writes the other papers down in an editor, into the same folder."""
        file = self.tender / "evidence.yaml"
        text = file.read_text("utf-8")
        file.write_text(bidders.noted_by_a_colleague(text), encoding="utf-8")

    def evidence(self):
        self.hands.menu("Evidence")
        self.said("nobody has looked for adverse events")
        self.clean("evidence")
        self.hands.write("Where you looked", "registry notices\ncourt records\nnews archive")
        for offer in bidders.IN_LIST:
            self.hands.tick(offer)
        if self.alone:
            self.hands.write("Your name", OFFICER, nth=1)
        self.hands.go("Note the search")
        self.said("The search is noted.")
        self.clean("search noted")

    def judge(self):
        """What no rule can decide, a person signs."""
        self.hands.choose("What is judged", JUDGED)
        self.hands.pick("It is in order")
        self.hands.write("Reason", "The other listing is closed.")
        self.hands.write("Your role", "procurement officer")
        if self.alone:
            self.hands.write("Your name", OFFICER, nth=0)
        self.hands.go("Sign it")

    # What comes of it

    def verdicts(self):
        self.hands.menu("Verdicts")
        self.said("4 of 4 offers")
        self.clean("verdicts")
        self.hands.write("Words in name, id, seller or reason", "Orca")
        self.hands.go("Show")
        self.said("1 of 4 offers")
        self.hands.go("Show all offers")
        self.hands.go("Price")
        self.said("4 of 4 offers")
        self.clean("sorted by price")

    def suppose(self):
        self.hands.go("KARIBA REDD+ PROJECT")
        self.clean("one offer")
        self.hands.unfold("Try other values")
        self.clean("what-if unfolded")

    def compare(self):
        self.hands.menu("Comparison")
        self.hands.go("Compare")
        self.said("Something is missing or wrong")
        self.clean("nothing to compare", "422")
        for name in ("ACR1129", "VCS2930"):
            self.hands.tick(re.compile(rf"\b{name}\b"))
        self.hands.go("Compare")
        self.said("Where they differ")
        self.clean("compared")

    def award(self):
        self.hands.menu("Award")
        self.clean("award")
        self.hands.write("Budget", "30000")
        self.hands.go("Look")
        self.said("These limits are not those of purchase.yaml")
        self.clean("award with another budget")
        self.hands.go("Write these limits into purchase.yaml")
        self.said("The limits stand in purchase.yaml.")
        self.clean("award saved")

    def decide(self):
        self.hands.go(re.compile("Prepare a decision by this set"))
        self.clean("decision to prepare")
        self.hands.write("Reference", "TKU-2026-117")
        self.hands.write("Decided by", OFFICER)
        self.hands.write("Role", "Procurement Manager")
        self.hands.go("Save the draft")
        self.said("The decision is saved")
        self.clean("decision saved")

    def whole(self):
        self.begin()
        self.buy()
        form = self.ask()
        self.hand_in(form)
        self.put_right()
        self.answers()
        self.a_colleague_notes_the_rest()
        self.evidence()
        self.judge()
        self.said("The judgement is signed.")
        self.clean("judged")
        self.verdicts()
        self.suppose()
        self.compare()
        self.award()
        self.decide()
