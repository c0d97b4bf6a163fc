import { z } from 'zod';

// zod compiles object schemas with `new Function` where it may. The page's content security policy forbids that, and
// merely trying would be reported as a violation: this module must be imported before any schema is made.
z.config({ jitless: true });
