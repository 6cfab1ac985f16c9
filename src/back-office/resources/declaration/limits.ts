/** How many children a body may carry in one list, and an answer shows. */
export const MOST_CHILDREN = 500;
/** How many rows one call may bring. */
export const MOST_ROWS = 1000;
