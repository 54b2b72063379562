"""Words by which a row says that it is no offer, in the languages of the shipped cities and others.

As a buyer's or broker's sheet writes them; each is as compared (`normalise.text.key`).
"""

TOTALS = frozenset(
    {
        *("total", "totals", "subtotal", "subtotals", "sum", "average", "mean", "avg"),  # English
        *("totaal", "subtotaal", "eindtotaal", "som", "gemiddelde"),  # Dutch
        *("summe", "gesamt", "gesamtsumme", "insgesamt", "zwischensumme", "endsumme"),  # German
        *("durchschnitt", "mittelwert", "gesamtmenge", "gesamtpreis"),
        *("yhteensä", "summa", "välisumma", "loppusumma", "keskiarvo"),  # Finnish
        *("totalt", "totalsumma", "delsumma", "slutsumma", "medel", "medelvärde"),  # Swedish
        *("suma", "totales", "subtotales", "promedio"),  # Spanish
        *("totais", "soma", "subtotais", "média"),  # Portuguese
        *("totaux", "somme", "moyenne"),  # French; `sous-total` is two words
        *("totale", "totali", "subtotale", "somma", "media"),  # Italian
    }
)
"""Words that call a row a total, or an average, which is no offer either."""

BESIDE_TOTAL = frozenset(
    {
        *("grand", "overall", "sub", "of", "all", "the", "in", "and", "ex", "excl", "incl", "vat"),
        *("tonnes", "tonne", "tons", "t", "tco", "tcoe", "co", "e", "kt", "mt", "year", "years"),
        *("credits", "units", "vcus", "vcu", "vers", "ver", "volume", "volumes", "quantity"),
        *("amount", "price", "value", "cost", "costs", "offers", "offer", "projects", "project"),
        *("lots", "lot", "rows", "items", "number", "count", "eur", "usd", "gbp", "chf", "aud"),
        *("cop", "cad", "generaal", "alle", "aantal", "prijs", "hoeveelheid", "menge", "preis"),
        *("und", "der", "die", "tonnen", "angebote", "projekte", "hinta", "määrä", "tonnia"),
        *("kaikki", "hankkeet", "pris", "mängd", "ton", "antal", "general", "generales", "geral"),
        *("toneladas", "precio", "cantidad", "proyectos", "ofertas", "de", "y", "preço"),
        *("quantidade", "projetos", "général", "sous", "et", "des", "prix", "quantité", "projets"),
        *("generale", "parziale", "complessivo", "prezzo", "quantità", "progetti", "e", "per"),
    }
)
"""Words that may stand beside a total's own and do not make a name of it."""

NOTES = (
    *("note", "notes", "nb", "n.b.", "source", "sources", "remark", "remarks", "disclaimer"),
    *("footnote", "footnotes", "legend", "key", "terms", "conditions", "assumptions", "valid"),
    *("opmerking", "opmerkingen", "bron", "toelichting", "hinweis", "hinweise", "anmerkung"),
    *("anmerkungen", "quelle", "quellen", "fußnote", "huom", "huomautus", "lähde", "lähteet"),
    *("anm", "anmärkning", "källa", "obs", "nota", "notas", "fuente", "observaciones", "fonte"),
    *("observações", "remarque", "remarques", "avertissement", "nb.", "note di", "avviso"),
)
"""Words that begin a note, where a colon, a dash or a stop follows."""
