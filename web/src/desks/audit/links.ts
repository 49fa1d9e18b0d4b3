/** Type of object -> the console's page for it. */
const PAGES: Record<string, (id: string) => string> = {
  alarm: (id) => `/alarms?open=${id}`,
  'alarm rule': (id) => `/alarms/rules/${id}`,
  camera: (id) => `/cameras/${id}`,
  'citizen report': (id) => `/citizen-reports?open=${id}`,
  'daily report': (id) => `/reports/${id}`,
  'edge site': (id) => `/edge-sites/${id}`,
  'government order': (id) => `/programme/orders/${id}`,
  incident: (id) => `/incidents/${id}`,
  list: (id) => `/lists/${id}`,
  package: (id) => `/works/packages/${id}`,
  premises: (id) => `/premises/${id}`,
  procedure: (id) => `/procedures/${id}`,
  'review meeting': (id) => `/meetings/${id}`,
  unit: (id) => `/dispatch?unit=${id}`,
  user: (id) => `/users/${id}`,
};

/** Where the object of an entry is shown; null where the console has no page for it. */
export function pageOf(objectType: string, objectId: string): string | null {
  const page = PAGES[objectType];
  return page && objectId ? page(encodeURIComponent(objectId)) : null;
}
