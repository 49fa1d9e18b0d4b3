/** The two drawings of the city: a calm night map for the centre, a paper one for the day. */
export interface MapColours {
  ground: string;
  outside: string;
  water: string;
  waterEdge: string;
  green: string;
  sand: string;
  built: string;
  industry: string;
  civic: string;
  orchard: string;
  metro: string;
  building: string;
  casing: string;
  motorway: string;
  major: string;
  minor: string;
  lane: string;
  rail: string;
  boundary: string;
  wedge: number;
}

export const NIGHT: MapColours = {
  ground: '#141d27',
  outside: '#101821',
  water: '#152c40',
  waterEdge: '#1d3c56',
  green: '#16281f',
  sand: '#1b2529',
  built: '#172230',
  industry: '#1a2130',
  civic: '#1d2735',
  orchard: '#15221f',
  metro: '#5a6fa8',
  building: '#1c2938',
  casing: '#0d141c',
  motorway: '#5d6b7d',
  major: '#4a586a',
  minor: '#364353',
  lane: '#293543',
  rail: '#39485a',
  boundary: '#6f8fb5',
  wedge: 0.28,
};

export const DAY: MapColours = {
  ground: '#f1f0ec',
  outside: '#e9e9e4',
  water: '#b5d4e8',
  waterEdge: '#93bddb',
  green: '#d3e5cb',
  sand: '#ebe4cf',
  built: '#e9e7e1',
  industry: '#e3dfe6',
  civic: '#efe6dc',
  orchard: '#e3ebd4',
  metro: '#7d8fc4',
  building: '#dcd8d0',
  casing: '#cfcabf',
  motorway: '#f6c667',
  major: '#ffe1a1',
  minor: '#ffffff',
  lane: '#fbfaf7',
  rail: '#9a9a9a',
  boundary: '#6b5a8e',
  wedge: 0.22,
};

export const STATUS_COLOURS = {
  dark: { live: '#3fbf7f', stalled: '#e2a93b', offline: '#8493a4', no_consent: '#b592dd', unknown: '#66788c' },
  light: { live: '#14824b', stalled: '#a86a00', offline: '#66727f', no_consent: '#7a4fb0', unknown: '#8693a1' },
} as const;

export type Scheme = 'dark' | 'light';
