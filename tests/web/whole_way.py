"""The whole way of one tender in a browser, step by step, whoever's hands walk it."""

import io
import re
import zipfile
from dataclasses import dataclass, field

from offsetcheck.cli.app import app as command_line
from web import bidders
from web.hands import Hands
from web.site import TODAY
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
SELLER = "Aura Climate Brokers (invented)"
ACTS = (
    "Began a tender",
    "Changed the purchase",
    "Handed in files, not stored",
    "Said how a file is to be read",
    "Stored files",
    "Noted what a paper shows",
    "Noted a search for adverse events",
    "Signed a judgement",
    "Changed the limits of the award",
    "Wrote a draft of the decision",
    "Signed the decision",
)
NOT_BOUGHT = (0, 2)
KEPT = "The need is covered by the offer that is bought."
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
    without_policy: list = field(default_factory=list)

    def __post_init__(self):
        """Watch that each document comes under the app's policy."""

        def answered(response):
            document = response.request.resource_type == "document"
            if document and "content-security-policy" not in response.headers:
                self.without_policy.append(response.url)

        self.walk.page.on("response", answered)

    title = NUMBERS["Title of the purchase"]

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
        assert self.without_policy == [], step
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
        self.hands.menu("Tenders")
        self.hands.go("New tender")
        self.hands.write("Name of its folder", self.name)
        self.hands.choose("Whose rules decide", "City of Turku")
        self.hands.go("Begin the tender")
        if not self.alone:
            self.declare()
        self.said("What there is to do", "City of Turku", "No offer is in yet.")
        self.clean("begun", "403")

    def declare(self):
        """Nobody sees a tender before he has said that he has no interest in it."""
        self.said("Say first whether you have an interest")
        self.hands.go("Conflict of interest")
        self.hands.pick("I have no interest in this tender or in any seller")
        self.hands.go("Declare")

    def come_back(self):
        """The back button shows the form again, and sending it again begins nothing anew."""
        before = self.files()
        self.walk.page.go_back()
        self.hands.write("Name of its folder", self.name)
        self.hands.choose("Whose rules decide", "City of Turku")
        self.hands.go("Begin the tender")
        self.said("is here already; choose another name")
        assert self.files() == before
        self.clean("begun again", "422", "403")
        self.hands.menu("Tenders")
        self.hands.go(self.name)

    def files(self):
        """Return what lies in the tender's folder, by name."""
        return {
            path.relative_to(self.tender): path.read_bytes()
            for path in sorted(self.tender.rglob("*"))
            if path.is_file()
        }

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
        self.hands.go_twice("Save")
        self.said("The purchase is ready")
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
        self.said("Files looked at: 2. Nothing is stored yet.", "Filled form", "Paper")
        self.clean("looked at")
        self.hands.go("Store what is ticked")
        self.said("Files stored in the tender's folder: 2.", "1 offer")
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
        self.hands.choose("Verdict", "Not eligible (1)")
        self.walk.page.wait_for_load_state("networkidle")
        self.hands.go("Show")
        self.said("1 of 4 offers", "KARIBA REDD+ PROJECT")
        self.hands.go("Show all offers")
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
        self.hands.choose("Which", "Credits offered")
        self.hands.write("Suppose", "200", nth=-1)
        self.hands.go("Show what would be")
        self.said("As it would be")
        self.clean("what-if")

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
        self.said("The decision is saved", "Before it can be signed", "every letter is a draft")
        self.clean("a reason is missing")
        self.hands.go(re.compile("is not bought, and no reason is given"))
        for nth in NOT_BOUGHT:
            self.hands.write("Why it is not bought", KEPT, nth=nth)
        self.hands.write("E-mail", "procurement@city.example")
        self.hands.unfold(SELLER)
        self.hands.choose("Language of their letters", "English")
        self.hands.go("Save the draft")
        self.said("The decision is saved")
        self.clean("decision saved")

    def sign(self):
        self.hands.tick("I have read the decision above, and it is what was decided.")
        self.hands.go_twice("Sign")

    def letters(self):
        """The letters are read in the page and taken away as files."""
        self.hands.go("To the letters")
        self.said("Ready to be read and sent")
        self.clean("letters")
        self.kept["letters"] = self.hands.fetch("Word")
        self.hands.go(SELLER)
        self.clean("one letter")
        self.kept["letter"] = self.hands.fetch("Word")
        self.hands.go("To all letters")

    def claim(self):
        self.hands.menu("Claim")
        self.clean("claim")
        self.hands.write("The draft", "Turku is climate neutral in 2026.")
        self.hands.go("Check the draft")
        self.said("The draft, sentence by sentence")
        self.clean("a draft held against the claim")

    def result(self):
        """The table of verdicts is taken away as a file."""
        self.hands.menu("Verdicts")
        self.kept["results.csv"] = self.hands.fetch("Table in CSV")

    def the_command_line_gives_the_same(self, out):
        """The folder as it lies on the disk gives by command what the pages gave."""
        for command, form in ((["assess"], "csv"), (["letters", "make"], "docx")):
            line = [*command, str(self.tender), "--as-of", TODAY.isoformat(), "--format", form]
            command_line.main([*line, "-o", str(out / form)], standalone_mode=False)
        assert (out / "csv" / "results.csv").read_bytes() == self.kept["results.csv"]
        with zipfile.ZipFile(io.BytesIO(self.kept["letters"])) as letters:
            names = letters.namelist()
            assert {one.name for one in (out / "docx").glob("*.docx")} == set(names)
            for name in names:
                assert (out / "docx" / name).read_bytes() == letters.read(name)
            assert self.kept["letter"] in [letters.read(name) for name in names]

    def register(self):
        self.hands.menu("Register")
        self.hands.choose("Tender", self.name)
        self.hands.go("Show")
        self.said("Every entry is as it was written.", *ACTS)
        self.clean("register")

    # The second person

    def declare_at_start(self):
        """Whoever comes for the first time is asked for his interest, and led to where he says it."""
        self.hands.go(self.title)
        self.declare()
        self.said("What there is to do")
        self.clean("second person let in", "403")

    def second_judgement(self):
        self.hands.menu("Evidence")
        self.said("Waits for a second person", "The other listing is closed.")
        self.hands.go("Sign the very same")
        self.said("The judgement is signed.")
        self.clean("judgement seconded")

    def second_decision(self):
        self.hands.go(self.title)
        self.hands.menu("Decision")
        self.sign()
        self.said("Signed on 2026-09-30 by Maija Esimerkki")
        self.clean("decision seconded")

    def until_judged(self):
        """From an empty folder to the last judgement that a person has to sign."""
        self.begin()
        if self.alone:
            self.come_back()
        self.buy()
        form = self.ask()
        self.hand_in(form)
        self.put_right()
        self.answers()
        self.a_colleague_notes_the_rest()
        self.evidence()
        self.judge()

    def until_decided(self):
        """From the verdicts to a decision that is ready to be signed, and signed."""
        self.verdicts()
        self.suppose()
        self.compare()
        self.award()
        self.decide()
        self.sign()

    def until_written_down(self):
        """The letters, the claim, and what the register keeps of it all."""
        self.letters()
        self.claim()
        self.result()
        self.register()

    def whole(self):
        """Walk it alone, where one word suffices."""
        self.until_judged()
        self.said("The judgement is signed.")
        self.clean("judged")
        self.until_decided()
        self.said("Signed on 2026-09-30 by Maija Esimerkki")
        self.clean("signed")
        self.until_written_down()
