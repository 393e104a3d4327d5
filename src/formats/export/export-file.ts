/** A file to be written: into a folder, into a zip, or downloaded by itself. */
export interface ExportFile {
  readonly name: string
  readonly text: string
}
