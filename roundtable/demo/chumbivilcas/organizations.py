"""Who takes part. Names and codes of territories are public; the day since which each is on record is invented."""

from typing import NamedTuple

from roundtable.demo.chumbivilcas.facts import SOURCE

ON_RECORD = "2018-01-01"
PROVINCE = "0807"
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
INSTITUTIONS = (*MINISTRIES, *FOLLOWERS, *MUNICIPALITIES)
MINAGRI_RENAMED = {
    "name": "Ministerio de Desarrollo Agrario y Riego",
    "occurred_on": "2020-11",
    "source": {"citation": "Ley 31075, Ley de Organización y Funciones del Ministerio de Desarrollo Agrario y Riego"},
}
