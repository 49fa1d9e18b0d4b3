import type { components } from '@/api/schema.gen';

export type Presentation = components['schemas']['PresentationOut'];
export type Testimonial = components['schemas']['ShownTestimonial'];
