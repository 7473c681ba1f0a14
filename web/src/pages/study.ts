import { begin } from '../ui/exams.ts';

await begin();
