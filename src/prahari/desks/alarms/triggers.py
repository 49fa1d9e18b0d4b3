"""SQL that the first migration applies: whoever writes an alarm, its handling begins with it, in the same transaction.

The event log's writer knows nothing of desks, and an alarm that nobody could answer would be one too many. `climbs_ms`
0: the sweep (escalation.py) looks at it the next time; a test climbs never.
"""

from __future__ import annotations

from prahari.desks.alarms.choices import NEVER_MS

_COLUMNS = """alarm_id, jurisdiction_path, agency_code, severity, rule_id, type, first_ms, came_ms, test, state,
    version, post, verdict, note, level, told_ms, told_to, climbs_ms, edited_ms"""

_CAME = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"
_TEST = "(COALESCE(new.data ->> 'test', '') = 'true')"
_VALUES = f"""new.id, new.jurisdiction, new.agency, new.severity, new.rule_id, new.type, new.first_ms, {_CAME}, {_TEST},
    'new', 1, left(COALESCE(new.data ->> 'assign_post', ''), 40), '', '', 0, 0, '',
    CASE WHEN {_TEST} THEN {NEVER_MS} ELSE 0 END, {_CAME}"""

BEGIN_HANDLING = f"""
CREATE OR REPLACE FUNCTION alarm_begins_handling() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO alarms_alarmhandling ({_COLUMNS}) VALUES ({_VALUES}) ON CONFLICT (alarm_id) DO NOTHING;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER alarm_begins_handling AFTER INSERT ON alarm
    FOR EACH ROW EXECUTE FUNCTION alarm_begins_handling();
INSERT INTO alarms_alarmhandling ({_COLUMNS}) SELECT {_VALUES} FROM alarm AS new ON CONFLICT (alarm_id) DO NOTHING;
"""  # noqa: S608 - constants of ours

END_HANDLING = """
DROP TRIGGER IF EXISTS alarm_begins_handling ON alarm;
DROP FUNCTION IF EXISTS alarm_begins_handling();
"""
