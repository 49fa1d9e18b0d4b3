import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { SeverityMark } from '@/desks/alarms/Mark';
import mapClasses from '@/desks/registry/map/CityMap.module.css';
import type { GeoJSONSource } from '@/desks/registry/map/maplibre';
import { useBaseMap } from '@/desks/registry/map/useBaseMap';
import { useNow } from '@/kit';
import classes from '../dispatch.module.css';
import { carriesUnit, setDragged, takesUnit } from '../drag';
import { UnitMark } from '../Marks';
import { isOld } from '../positions';
import { trackQuery } from '../queries';
import type { SentTo, Unit, Waiting } from '../types';
import { useWords } from '../wording';
import { useMarkers } from './useMarkers';

const TRACK = 'unit-track';
const AGE_EVERY_MS = 5_000;

interface Props {
  units: Unit[];
  incidents: Waiting[];
  fresh_s: number;
  selectedUnit: string | null;
  selectedIncident: string | null;
  onUnit: (id: string) => void;
  onIncident: (id: string) => void;
  onDrop?: ((incident: SentTo, unitId: string) => void) | undefined;
}

/** Units and incidents where they are. What was selected lies on top, with a ring. */
export default function DispatchMap(props: Props) {
  const { units, incidents, fresh_s, selectedUnit, selectedIncident, onUnit, onIncident, onDrop } = props;
  const { t } = useTranslation('dispatch');
  const container = useRef<HTMLDivElement>(null);
  const { map, scheme, styleVersion } = useBaseMap(container);
  const now = useNow(AGE_EVERY_MS);
  const words = useWords();

  const placedUnits = useMemo(
    () => units.flatMap(({ id, position }) => (position ? [{ id, lat: position.lat, lon: position.lon }] : [])),
    [units],
  );
  const placedIncidents = useMemo(
    () =>
      incidents.flatMap(({ incident: { id, lat, lon } }) => (lat === null || lon === null ? [] : [{ id, lat, lon }])),
    [incidents],
  );
  const ofIncidents = useMarkers(map, placedIncidents);
  const ofUnits = useMarkers(map, placedUnits);

  const target =
    placedIncidents.find(({ id }) => id === selectedIncident) ?? placedUnits.find(({ id }) => id === selectedUnit);
  const followed = useRef('');
  useEffect(() => {
    const key = selectedIncident ?? selectedUnit ?? '';
    if (!map || !target || followed.current === key) return;
    followed.current = key; // moved to once, when it is selected: not away from what somebody looks at
    if (!map.getBounds().contains([target.lon, target.lat]))
      map.easeTo({ center: [target.lon, target.lat], duration: 300 });
  }, [map, target, selectedIncident, selectedUnit]);

  const track = useQuery({ ...trackQuery(selectedUnit ?? ''), enabled: selectedUnit !== null }).data;
  useEffect(() => {
    if (!map || styleVersion === 0) return;
    const coordinates = selectedUnit && track ? track.map(([, lat, lon]) => [lon, lat]) : [];
    const data = {
      type: 'Feature' as const,
      properties: {},
      geometry: { type: 'LineString' as const, coordinates },
    };
    const source = map.getSource<GeoJSONSource>(TRACK);
    if (source) {
      source.setData(data);
      return;
    }
    map.addSource(TRACK, { type: 'geojson', data });
    map.addLayer({
      id: TRACK,
      type: 'line',
      source: TRACK,
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': scheme === 'dark' ? '#7caee4' : '#2263a6',
        'line-width': 3,
        'line-opacity': 0.7,
        'line-dasharray': [0.5, 1.6],
      },
    });
  }, [map, scheme, styleVersion, selectedUnit, track]);

  return (
    <div className={classes.mapFrame}>
      <div ref={container} className={mapClasses.map} data-scheme={scheme} role="region" aria-label={t('map.label')} />
      {incidents.map(({ incident, assignments }) => {
        const element = ofIncidents.get(incident.id);
        return (
          element &&
          createPortal(
            <button
              type="button"
              className={classes.incidentPin}
              data-severity={incident.severity}
              data-selected={incident.id === selectedIncident || undefined}
              data-unserved={assignments.length === 0 || undefined}
              title={`${incident.number} · ${words.title(incident)}`}
              aria-label={`${incident.number}, ${words.title(incident)}`}
              onClick={() => onIncident(incident.id)}
              onDragOver={(event) => onDrop && carriesUnit(event) && event.preventDefault()}
              onDrop={(event) => onDrop && takesUnit(event, (id) => onDrop(incident, id))}
            >
              <SeverityMark severity={incident.severity} size={20} />
            </button>,
            element,
            incident.id,
          )
        );
      })}
      {units.map((unit) => {
        const element = ofUnits.get(unit.id);
        if (!element || !unit.position) return null;
        const old = isOld(unit.position, now, fresh_s);
        const age_s = Math.max(0, Math.round((now - unit.position.at_ms) / 1000));
        return createPortal(
          <button
            type="button"
            draggable={onDrop !== undefined}
            className={classes.unitPin}
            data-selected={unit.id === selectedUnit || undefined}
            data-old={old || undefined}
            title={`${unit.call_sign} · ${t(`status.${unit.status}`)} · ${t('age', { age: words.age(age_s) })}`}
            onClick={() => onUnit(unit.id)}
            // The map would take a press on the unit for the beginning of its own move.
            onMouseDown={(event) => event.stopPropagation()}
            onDragStart={(event) => setDragged(event, unit)}
          >
            <UnitMark
              kind={unit.kind}
              status={unit.status}
              old={old}
              waiting={unit.active.some((one) => one.state === 'offered')}
            />
            <span className={classes.pinName}>
              {unit.call_sign}
              {old && <i>{words.age(age_s)}</i>}
            </span>
          </button>,
          element,
          unit.id,
        );
      })}
    </div>
  );
}
