"""What each field of a record is called in Swedish."""

FIELD_NAMES = {
    "summary": "Vad det är", "description": "Beskrivning", "target_groups": "Målgrupp", "themes": "Tema",
    "settings": "Slags plats", "sectors": "Sektor", "owner": "Ägare", "partners": "Samarbetspartner",
    "regions": "Län eller land", "municipalities": "Kommun", "period": "Period", "operation": "Drift",
    "maturity": "Mognad", "evidence": "Evidens", "outcomes": "Resultat", "core_components": "Kärnan",
    "adaptable_parts": "Det som kan anpassas", "prerequisites": "Vad som krävs", "boundary_spanner": "Gränsgångare",
    "cost_band": "Kostnad", "payer_and_beneficiary": "Vem betalar och vem tjänar", "legal_forms": "Avtalsform",
    "funding": "Finansiering", "barriers": "Hinder", "policy_links": "Policyfönster", "adoptions": "Kommuner som prövat",
    "category": "Rubrik i enkätrapporten", "situations": "Situationer", "name": "Namn", "aliases": "Andra namn",
    "form": "Form", "role": "Roll", "contact_function": "Kontakt", "links": "Länkar", "doubts": "Osäkert",
    "search_phrases": "Sökfraser", "statements": "Källor", "last_verified": "Senast kontrollerad",
    "external_ids": "Beteckning i andra register", "id": "Beteckning", "status": "Status",
}  # fmt: skip
