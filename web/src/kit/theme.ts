/** Near-black blue-grey ground, one accent; colour is kept for state (see theme.css for the states). */
import { createTheme, Modal, Tooltip, type MantineColorsTuple } from '@mantine/core';

const ground: MantineColorsTuple = [
  '#dbe3ec', // text
  '#b9c5d2',
  '#8d9dae', // dimmed text
  '#62748a',
  '#2b3a4a', // lines
  '#223040', // hover
  '#19242f', // fields, panels
  '#111a23', // page
  '#0b121a', // rail, bars
  '#070c12',
];

const accent: MantineColorsTuple = [
  '#eaf3fc',
  '#d2e4f6',
  '#a6c9ed',
  '#7caee4',
  '#5b98dc',
  '#4389d3',
  '#2f78c4',
  '#2263a6',
  '#1a4f86',
  '#123a64',
];

export const theme = createTheme({
  colors: { dark: ground, accent },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  black: '#16202b',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  fontFamily: "'Inter Variable', 'Noto Sans Devanagari Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, monospace',
  headings: { fontWeight: '600' },
  components: {
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withArrow: false } }),
    Modal: Modal.extend({ defaultProps: { centered: true, transitionProps: { duration: 80 } } }),
  },
});
