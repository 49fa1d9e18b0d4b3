"""Too many people in one place."""

from __future__ import annotations

from prahari.desks.procedures.library.writing import (
    KEEP,
    KEEP_RECORDINGS,
    SHOW,
    by_itself,
    choose,
    confirm,
    count,
    timer,
    write,
)

STEPS = [
    count(
        "density",
        ("People per square metre at the densest", "सबसे घने स्थान पर प्रति वर्ग मीटर लोग"),
        ("per m²", "प्रति वर्ग मी॰"),
        most=12,
        limit_s=120,
        help=(
            "Count heads in a square that you know on the camera. Up to 2 free, 4 tight, above 5 nobody can move by "
            "own will.",
            "कैमरे पर ज्ञात वर्ग में सिर गिनें। 2 तक खुला, 4 घना, 5 से ऊपर कोई अपनी इच्छा से हिल नहीं सकता।",
        ),
    ),
    choose(
        "level",
        ("How is it?", "स्थिति?"),
        {
            "watch": ("Dense, moving", "घनी, चलती हुई"),
            "tight": ("Standing still, more coming", "रुकी हुई, और आ रहे हैं"),
            "danger": ("Pushing, waves, screams", "धक्का, लहरें, चीख"),
            "crush": ("People are down", "लोग गिरे हैं"),
        },
        limit_s=120,
    ),
    by_itself("wall", SHOW, "show_on_wall", required=False),
    confirm(
        "inflow",
        ("Inflow stopped at the outer points", "बाहरी बिन्दुओं पर प्रवेश रोका"),
        (
            "Far from the crowd, not at its edge. Stations and bus stands hold people back.",
            "भीड़ के किनारे नहीं, दूर पर रोकें। स्टेशन और बस अड्डे लोगों को वहीं रोकें।",
        ),
        when=("level", "tight|danger|crush"),
        limit_s=180,
    ),
    confirm(
        "exits",
        ("All exits and barriers open, one direction only", "सभी निकास और बैरियर खुले, एक ही दिशा"),
        when=("level", "tight|danger|crush"),
        limit_s=180,
    ),
    by_itself(
        "page",
        ("Announce calmly: where to go, that there is time", "शांत उद्घोषणा: किधर जाएँ, समय है"),
        "page_zone",
        (
            "Never the words stampede, bomb or fire. Same sentence, slowly, in Hindi.",
            "भगदड़, बम, आग जैसे शब्द कभी नहीं। एक ही वाक्य, धीरे, हिन्दी में।",
        ),
        at_once=False,
        when=("level", "tight|danger|crush"),
    ),
    by_itself(
        "disaster",
        ("Bring disaster management in", "आपदा प्रबंधन को सहभागी बनाएँ"),
        "ask_agency",
        values={"agency": "disaster"},
        when=("level", "danger|crush"),
    ),
    confirm(
        "stop",
        ("Programme, music and movement on the stage stopped", "कार्यक्रम, संगीत और मंच की गतिविधि रोकी"),
        when=("level", "danger|crush"),
        limit_s=180,
    ),
    confirm(
        "ambulance",
        ("Ambulances at the edge, a lane kept free", "एम्बुलेंस किनारे पर, एक लेन खाली"),
        when=("level", "danger|crush"),
        limit_s=300,
    ),
    count("hurt", ("People hurt", "घायल"), ("people", "व्यक्ति"), when=("level", "crush")),
    confirm(
        "hospitals", ("Hospitals told how many come", "चिकित्सालयों को संख्या बताई"), when=("level", "crush"), limit_s=300
    ),
    timer("again", ("Ten minutes, then count again", "दस मिनट, फिर गिनें"), 600, required=False),
    confirm("lost", ("A point for lost children and belongings is announced", "खोया-पाया केन्द्र घोषित"), required=False),
    confirm("loose", ("Dissolved: below two per square metre", "छँट गई: प्रति वर्ग मीटर दो से कम")),
    confirm("keep", KEEP, KEEP_RECORDINGS, required=False),
    write("lesson", ("What should stand otherwise next time?", "अगली बार क्या बदला जाए?"), required=False),
]
