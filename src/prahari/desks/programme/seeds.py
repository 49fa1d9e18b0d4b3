"""Ranks, offices and responsibilities that every centre starts with. Administrators edit the rows."""

from __future__ import annotations

# code, English, Hindi, level, service. Levels compare across services: 60 is an Additional SP's.
RANKS = [
    ("constable", "Constable", "आरक्षी", 10, "police"),
    ("head_constable", "Head constable", "मुख्य आरक्षी", 20, "police"),
    ("sub_inspector", "Sub-inspector", "उप निरीक्षक", 30, "police"),
    ("inspector", "Inspector", "निरीक्षक", 40, "police"),
    ("deputy_sp", "Deputy SP / ACP", "पुलिस उपाधीक्षक / सहायक पुलिस आयुक्त", 50, "police"),
    ("additional_sp", "Additional SP / Additional DCP", "अपर पुलिस अधीक्षक / अपर पुलिस उपायुक्त", 60, "police"),
    ("sp", "SP / DCP", "पुलिस अधीक्षक / पुलिस उपायुक्त", 70, "police"),
    ("ssp", "SSP / Commissioner of Police", "वरिष्ठ पुलिस अधीक्षक / पुलिस आयुक्त", 80, "police"),
    ("tehsildar", "Tehsildar", "तहसीलदार", 40, "revenue"),
    ("sdm", "Sub-divisional Magistrate", "उप जिलाधिकारी", 50, "revenue"),
    ("adm", "Additional District Magistrate", "अपर जिलाधिकारी", 60, "revenue"),
    ("district_magistrate", "District Magistrate", "जिलाधिकारी", 80, "revenue"),
    ("divisional_commissioner", "Divisional Commissioner", "मण्डलायुक्त", 90, "revenue"),
    ("zonal_officer", "Zonal officer", "ज़ोनल अधिकारी", 50, "municipal"),
    ("additional_municipal_commissioner", "Additional Municipal Commissioner", "अपर नगर आयुक्त", 60, "municipal"),
    ("municipal_commissioner", "Municipal Commissioner", "नगर आयुक्त", 80, "municipal"),
    ("excise_inspector", "Excise inspector", "आबकारी निरीक्षक", 40, "excise"),
    ("district_excise_officer", "District Excise Officer", "जिला आबकारी अधिकारी", 55, "excise"),
    ("block_education_officer", "Block Education Officer", "खण्ड शिक्षा अधिकारी", 40, "education"),
    ("bsa", "Basic Education Officer (BSA)", "जिला बेसिक शिक्षा अधिकारी", 55, "education"),
    ("dios", "District Inspector of Schools (DIOS)", "जिला विद्यालय निरीक्षक", 55, "education"),
    ("officer", "Officer of another service", "अन्य सेवा के अधिकारी", 40, "other"),
    ("district_officer", "District officer of another service", "अन्य सेवा के जिला स्तरीय अधिकारी", 55, "other"),
]

# code, English, Hindi, tier, climbs, nodal, reports_daily, all_agencies
OFFICES = [
    ("station_officer", "Station officer", "थानाध्यक्ष", 10, True, False, False, False),
    ("circle_officer", "Circle officer", "क्षेत्राधिकारी", 20, True, False, False, False),
    ("department_officer", "Department officer", "विभागीय अधिकारी", 25, True, False, False, False),
    ("excise_officer", "District Excise Officer", "जिला आबकारी अधिकारी", 26, False, False, False, False),
    ("bsa", "Basic Education Officer (BSA)", "जिला बेसिक शिक्षा अधिकारी", 26, False, False, False, False),
    ("dios", "District Inspector of Schools (DIOS)", "जिला विद्यालय निरीक्षक", 26, False, False, False, False),
    ("zone_officer", "Zone officer", "ज़ोन प्रभारी", 30, True, False, False, False),
    ("nodal_officer", "Nodal officer", "नोडल अधिकारी", 40, True, True, True, True),
    ("municipal_commissioner", "Municipal Commissioner", "नगर आयुक्त", 50, False, False, False, False),
    ("ssp", "SSP / Commissioner of Police", "वरिष्ठ पुलिस अधीक्षक / पुलिस आयुक्त", 50, False, False, False, False),
    ("district_magistrate", "District Magistrate", "जिलाधिकारी", 50, False, False, False, True),
    ("divisional_commissioner", "Divisional Commissioner", "मण्डलायुक्त", 60, True, False, False, True),
]

_ORDER = "1684/9-9-2023"
# owner class, office, source
RESPONSIBILITIES = [
    ("liquor_shop", "excise_officer", f"{_ORDER}, point 2"),
    ("school", "bsa", f"{_ORDER}, point 3"),
    ("college", "dios", f"{_ORDER}, point 3"),
    ("coaching", "dios", f"{_ORDER}, point 3"),
]
