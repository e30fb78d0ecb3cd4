/** How a text report may look. Reporters take nothing else from the outside. */
export interface Style {
  /** Columns of the terminal, or of the page that is printed on. */
  readonly width: number;
  readonly color: boolean;
}
