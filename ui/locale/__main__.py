"""``python -m ui.locale``: gathers the texts into each catalogue and compiles it. Says what is left to translate."""

from pathlib import Path

from ui.locale.gathering import as_mo, as_po, brought_up_to_date

for po in sorted(Path(__file__).parent.glob("*/LC_MESSAGES/spridbart.po")):
    catalog = brought_up_to_date(po)
    po.write_bytes(as_po(catalog))
    po.with_suffix(".mo").write_bytes(as_mo(catalog))
    left = [message for message in catalog if message.id and not all(message.string or [""])]
    print(f"{po.parts[-3]}: {len(catalog)} texts, {len(left)} to translate")
