"""What the document says, fact by fact: its words, and the value with which the record must answer."""

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


_PROMISED = (
    SeedFact("announced-amount", "166 million soles (PEN)", "166000000.00"),
    SeedFact("announced-projects", "32 projects", 32),
    SeedFact("announced-year", "in 2018", "2018"),
    SeedFact("sector-agriculture", "agricultural", "agriculture"),
    SeedFact("sector-education", "education", "education"),
    SeedFact("sector-housing", "housing", "housing"),
    SeedFact("sector-transport", "transportation", "transport"),
    SeedFact("national-agencies", "the national government agencies committed", "national_government"),
    SeedFact("promised-at-the-table", "As a result, in 2018", "MT-CHUMBIVILCAS"),
)
_INSTITUTIONS = (
    SeedFact(
        "provincial-municipality",
        "the provincial municipality of Chumbivilcas",
        "Municipalidad Provincial de Chumbivilcas",
    ),
    SeedFact("quinota-municipality", "the district municipality of Quiñota", "Municipalidad Distrital de Quiñota"),
    SeedFact("eight-municipalities", "the eight district municipalities in the province of Chumbivilcas", 8),
    SeedFact("cisal", "CISAL promoted a series of strategies for local governments", "cooperation_agency"),
)
_TABLE = (
    SeedFact(
        "technical-table",
        "The Technical Table for the Development of Chumbivilcas was established",
        "Mesa Técnica para el Desarrollo de Chumbivilcas",
    ),
    SeedFact("table-dialogue", "as a space for dialogue", "technical_table"),
    SeedFact("table-ministries", "the national government, its ministries", "national_government"),
    SeedFact("table-companies", "the mining companies of the region", "company"),
    SeedFact("table-local", "other local […] institutions", "local_government"),
    SeedFact("table-regional", "other […] regional institutions", "regional_government"),
    SeedFact(
        "table-purpose",
        "to search for joint solutions to the development of the region",
        "Buscar soluciones conjuntas para el desarrollo de la región.",
    ),
)
_GOVERNMENTS = (
    SeedFact("elections-2018", "Following the local elections in 2018", "2018"),
    SeedFact("transition-commissions", "commissions were established to support the transparent transition", 8),
    SeedFact("outgoing-and-incoming", "between the outgoing and incoming LGs", 8),
    SeedFact(
        "new-provincial-authorities",
        "The new authorities of the provincial municipality of Chumbivilcas",
        "Municipalidad Provincial de Chumbivilcas",
    ),
    SeedFact(
        "new-quinota-authorities",
        "The new authorities of […] the district municipality of Quiñota",
        "Municipalidad Distrital de Quiñota",
    ),
)
_LOCAL_TABLES = (
    SeedFact("municipal-tables", "each municipality has created a Technical Roundtable", 8),
    SeedFact("municipal-tables-public", "that includes actors from the public […]", "state"),
    SeedFact("municipal-tables-private", "that includes actors from the […] private […]", "company"),
    SeedFact("municipal-tables-community", "that includes actors from the […] community […]", "community"),
    SeedFact("municipal-tables-associations", "that includes actors from the […] associations", "civil_society"),
    SeedFact(
        "municipal-tables-purpose",
        "To facilitate the implementation, monitoring, and promotion of the LED Plans",
        "Facilitar la implementación, el seguimiento y la promoción del plan de desarrollo económico local.",
    ),
    SeedFact(
        "regional-table",
        "A regional Technical Table of Local Economic Development was also created",
        "Mesa Técnica Regional de Desarrollo Económico Local",
    ),
    SeedFact("regional-municipalities", "to bring together the eight district municipalities", 8),
    SeedFact("regional-producers", "the representatives of producers […] from the region", "Productores"),
    SeedFact("regional-entrepreneurs", "the representatives of […] entrepreneurs from the region", "Emprendedores"),
)
_PLANS = (
    SeedFact("plans-updated", "Each LG updated their Concerted Development Plans (CDP)", 8),
    SeedFact("plans-cisal", "with the support of CISAL", "CISAL"),
    SeedFact(
        "plans-used-provincial",
        "The new authorities of the provincial municipality of Chumbivilcas […] are […] now using the CDPs of the "
        "previous governments in their own participatory budgeting processes",
        "MP-CHUMBIVILCAS-2015",
    ),
    SeedFact(
        "plans-used-quinota",
        "The new authorities of […] the district municipality of Quiñota are […] now using the CDPs of the "
        "previous governments in their own participatory budgeting processes",
        "MD-QUINOTA-2015",
    ),
    SeedFact("projects-in-line", "and are identifying projects in line with these plans", 2),
    SeedFact("led-plans", "there are four Local Economic Development Plans (LED Plans)", 4),
    SeedFact("led-policy", "that are recognized as public policy", 4),
    SeedFact("led-priorities", "that reflect the priorities of the community", "community"),
    SeedFact("led-tools", "are used as management tools for economic development", 4),
    SeedFact("led-budgets", "The LED plans have also been used to guide participatory budgeting processes", 4),
    SeedFact(
        "led-handed-over",
        "have been handed over to the new local government authorities as part of the transition process",
        4,
    ),
)
FACTS = (*_PROMISED, *_INSTITUTIONS, *_TABLE, *_GOVERNMENTS, *_LOCAL_TABLES, *_PLANS)


class Known(dict[str, str | int]):
    """The values of facts by id. A fact that was taken away leaves what depends on it unsaid."""

    @classmethod
    def of(cls, facts: tuple[SeedFact, ...]) -> "Known":
        """Index facts."""
        return cls({fact.id: fact.value for fact in facts})

    def sectors(self) -> list[str]:
        """Return the sectors named."""
        return [str(value) for id, value in self.items() if id.startswith("sector-")]
