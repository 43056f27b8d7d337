"""What the document says that organizations and commitments can tell. Its other facts wait for their aggregates."""

from typing import NamedTuple

SOURCE = (
    "FCM-CISAL, «Cusco: la planeación participativa del desarrollo sostenible», 2019-08-06, "
    "http://www.fcmcisal.org/en/2019/08/06/cusco-la-planeacion-participativa-del-desarrollo-sostenible/"
)
QUOTE = (
    "in 2018, the national government agencies committed 166 million soles (PEN) to implement 32 projects "
    "in agricultural, education, housing, and transportation"
)


class SeedFact(NamedTuple):
    """A fact of the document: its words, and the value that the record must answer with."""

    id: str
    quote: str
    value: str | int


FACTS = (
    SeedFact("announced-amount", "166 million soles (PEN)", "166000000.00"),
    SeedFact("announced-projects", "32 projects", 32),
    SeedFact("announced-year", "in 2018", "2018"),
    SeedFact("sector-agriculture", "agricultural", "agriculture"),
    SeedFact("sector-education", "education", "education"),
    SeedFact("sector-housing", "housing", "housing"),
    SeedFact("sector-transport", "transportation", "transport"),
    SeedFact("national-agencies", "the national government agencies committed", "national_government"),
    SeedFact(
        "provincial-municipality",
        "the provincial municipality of Chumbivilcas",
        "Municipalidad Provincial de Chumbivilcas",
    ),
    SeedFact("quinota-municipality", "the district municipality of Quiñota", "Municipalidad Distrital de Quiñota"),
    SeedFact("eight-municipalities", "the eight district municipalities in the province of Chumbivilcas", 8),
)


class Known(dict[str, str | int]):
    """The values of facts by id. A fact that was taken away leaves what depends on it unsaid."""

    @classmethod
    def of(cls, facts: tuple[SeedFact, ...]) -> "Known":
        """Index facts."""
        return cls({fact.id: fact.value for fact in facts})

    def sectors(self) -> list[str]:
        """Return the sectors named."""
        return [str(value) for id, value in self.items() if id.startswith("sector-")]
