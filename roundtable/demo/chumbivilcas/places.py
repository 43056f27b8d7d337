"""Where the story happens. The codes are those of the national statistics institute."""

PROVINCE = "0807"
DISTRICTS = {
    "ST": ("080701", "Santo Tomás", "MP-CHUMBIVILCAS"),
    "CA": ("080702", "Capacmarca", "MD-CAPACMARCA"),
    "CH": ("080703", "Chamaca", "MD-CHAMACA"),
    "CO": ("080704", "Colquemarca", "MD-COLQUEMARCA"),
    "LI": ("080705", "Livitaca", "MD-LIVITACA"),
    "LL": ("080706", "Llusco", "MD-LLUSCO"),
    "QU": ("080707", "Quiñota", "MD-QUINOTA"),
    "VE": ("080708", "Velille", "MD-VELILLE"),
}
"""Code of the district, its name, and the municipality that governs it."""


def territory(ubigeo: str) -> dict[str, str]:
    """Write a territory as commands take it."""
    return {"system": "PE-UBIGEO-INEI", "code": ubigeo}
