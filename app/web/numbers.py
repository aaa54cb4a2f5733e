"""Numbers as text: short, with their unit or currency."""

_SCALES = ((1_000_000_000_000, "trillion"), (1_000_000_000, "billion"), (1_000_000, "million"))
_SIGNS = {"USD": "US$", "HKD": "HK$", "CNY": "CN¥", "EUR": "€", "GBP": "£"}


def number_words(value: float | None, unit: str | None = None, currency: str | None = None) -> str:
    """`US$17.8 billion`, `85,000`, `44%`, `21st`."""
    if value is None:
        return "no figure"
    sign = _SIGNS.get(currency or "", f"{currency} " if currency else "")
    if unit == "rank":
        return _ordinal(int(value))
    if unit == "percent":
        return f"{value:g}%"
    for scale, name in _SCALES:
        if abs(value) >= scale:
            return f"{sign}{value / scale:.4g} {name}"
    return f"{sign}{value:,.0f}" if value == int(value) else f"{sign}{value:,g}"


def _ordinal(value: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    ending = "th" if value % 100 in (11, 12, 13) else endings.get(value % 10, "th")
    return f"{value}{ending}"
