export const colours = {
  none: 'Keine Farbe',
  red: 'Rot',
  orange: 'Orange',
  amber: 'Bernstein',
  green: 'Grün',
  teal: 'Petrol',
  blue: 'Blau',
  violet: 'Violett',
  pink: 'Rosa',
  grey: 'Grau',
}
