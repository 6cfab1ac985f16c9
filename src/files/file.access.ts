/** Who may read files and folders, and who may change them (contract, section 2, "Scopes"). */
export const READ_FILES = { scopes: ['FILES'], permissions: ['files_view'] } as const;
export const CHANGE_FILES = { scopes: ['FILES_WRITE'], permissions: ['files_edit'] } as const;
