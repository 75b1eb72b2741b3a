# Organisations: what they carry, sign and review.
organisation-carries = What it led, supported or funded
organisation-lead = lead
organisation-partner = partner
organisation-funder = funder
organisation-credited = The cards it signs
organisation-reviewed = The last cards it reviewed
organisation-mirror = Its mirror
organisation-mirror-says = It keeps a copy of this commons:
