export { findCards } from './find.ts'
