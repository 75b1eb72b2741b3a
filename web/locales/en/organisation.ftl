# Organisations: what they carry, what they sign.
organisation-carries = What it led, supported or funded
organisation-lead = lead
organisation-partner = partner
organisation-funder = funder
organisation-credited = The cards it signs
organisation-mirror = Its mirror
organisation-mirror-says = It keeps a copy of this commons:
