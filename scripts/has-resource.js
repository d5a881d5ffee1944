/** Whether an export is a model with a declaration. An abstract model throws when it is asked for one. */
export function hasResource(model) {
  try {
    return model.resource !== undefined;
  } catch {
    return false;
  }
}
