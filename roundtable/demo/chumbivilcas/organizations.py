"""Who takes part. Names and codes of territories are public; the day since which each is on record is invented."""

from typing import NamedTuple

from roundtable.demo.chumbivilcas.facts import SOURCE
from roundtable.demo.chumbivilcas.places import DISTRICTS, PROVINCE

ON_RECORD = "2014-01-01"
INEI = "INEI, código de ubicación geográfica (ubigeo)"


class Institution(NamedTuple):
    """An institution as the story registers it; it is left out where its fact is taken away."""

    code: str
    name: str
    kind: str
    sector: str | None
    ubigeo: str | None
    citation: str
    fact: str
    invented: tuple[str, ...] = ("occurred_on",)


def _ministry(code: str, name: str, sector: str, where: str) -> Institution:
    citation = f"{SOURCE} («the national government, its ministries»); {where}"
    return Institution(code, name, "national_government", sector, None, citation, "national-agencies")


def _municipality(code: str, name: str, ubigeo: str, fact: str = "eight-municipalities") -> Institution:
    citation = f"{SOURCE}; {INEI} {ubigeo}"
    return Institution(code, name, "local_government", None, ubigeo, citation, fact, ("code", "occurred_on"))


FOLLOW_UP = "PCM"
PROVINCIAL = "MP-CHUMBIVILCAS"
MINISTRIES = (
    _ministry("MTC", "Ministerio de Transportes y Comunicaciones", "transport", "https://www.gob.pe/mtc"),
    _ministry("MVCS", "Ministerio de Vivienda, Construcción y Saneamiento", "housing", "https://www.gob.pe/vivienda"),
    _ministry("MINEDU", "Ministerio de Educación", "education", "https://www.gob.pe/minedu"),
    _ministry(
        "MINAGRI",
        "Ministerio de Agricultura y Riego",
        "agriculture",
        "Normas Legales, 2019-11-17 (MINAGRI), https://studylib.es/doc/9422355/normas-legales",
    ),
)
MUNICIPALITIES = (
    _municipality(PROVINCIAL, "Municipalidad Provincial de Chumbivilcas", PROVINCE, "provincial-municipality"),
    _municipality("MD-CAPACMARCA", "Municipalidad Distrital de Capacmarca", "080702"),
    _municipality("MD-CHAMACA", "Municipalidad Distrital de Chamaca", "080703"),
    _municipality("MD-COLQUEMARCA", "Municipalidad Distrital de Colquemarca", "080704"),
    _municipality("MD-LIVITACA", "Municipalidad Distrital de Livitaca", "080705"),
    _municipality("MD-LLUSCO", "Municipalidad Distrital de Llusco", "080706"),
    _municipality("MD-QUINOTA", "Municipalidad Distrital de Quiñota", "080707", "quinota-municipality"),
    _municipality("MD-VELILLE", "Municipalidad Distrital de Velille", "080708"),
)
"""The provincial municipality, which governs the district of Santo Tomás, and seven district ones: eight."""
FOLLOWERS = (
    Institution(
        FOLLOW_UP,
        "Presidencia del Consejo de Ministros",
        "national_government",
        None,
        None,
        "PCM, 2020-01-13, nota sobre las mesas de Cotabambas, Chumbivilcas, Espinar y Paruro, "
        "https://www.gob.pe/institucion/pcm/noticias/77705",
        "national-agencies",
    ),
)
REGIONAL = Institution(
    "GORE-CUSCO",
    "Gobierno Regional de Cusco",
    "regional_government",
    None,
    "08",
    f"{SOURCE} («other local and regional institutions»); https://www.gob.pe/regioncusco",
    "table-regional",
)
CISAL = Institution(
    "CISAL",
    "Comunidades Inclusivas y Sostenibles en América Latina (CISAL)",
    "cooperation_agency",
    None,
    None,
    f"{SOURCE} («CISAL promoted a series of strategies»)",
    "cisal",
)
INSTITUTIONS = (*MINISTRIES, *FOLLOWERS, REGIONAL, *MUNICIPALITIES, CISAL)


class Invented(NamedTuple):
    """An organization that stands for those of whom the document gives no names."""

    code: str
    name: str
    kind: str
    ubigeo: str


def _local(place: str, ubigeo: str, district: str) -> tuple[Invented, ...]:
    return (
        Invented(f"DEMO-EMPRESA-{place}", f"Empresa local de {district} (ficticio)", "company", ubigeo),
        Invented(f"DEMO-COMUNIDAD-{place}", f"Comunidad campesina de {district} (ficticio)", "community", ubigeo),
        Invented(
            f"DEMO-ASOCIACION-{place}", f"Asociación de artesanas de {district} (ficticio)", "association", ubigeo
        ),
    )


MINING = Invented("DEMO-MINERA", "Empresa minera de la región (ficticio)", "company", PROVINCE)
SOCIETY = Invented("DEMO-SOCIEDAD", "Organización de la sociedad civil de Chumbivilcas (ficticio)", "ngo", PROVINCE)
PRODUCERS = Invented("DEMO-PRODUCTORES", "Productores de Chumbivilcas (ficticio)", "association", PROVINCE)
ENTREPRENEURS = Invented("DEMO-EMPRENDEDORES", "Emprendedores de Chumbivilcas (ficticio)", "association", PROVINCE)
INVENTED = (
    MINING,
    SOCIETY,
    PRODUCERS,
    ENTREPRENEURS,
    *(one for place, (ubigeo, district, _) in DISTRICTS.items() for one in _local(place, ubigeo, district)),
)
MINAGRI_RENAMED = {
    "name": "Ministerio de Desarrollo Agrario y Riego",
    "occurred_on": "2020-11",
    "source": {"citation": "Ley 31075, Ley de Organización y Funciones del Ministerio de Desarrollo Agrario y Riego"},
}
