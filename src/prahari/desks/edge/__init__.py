"""Sites behind a router: enrolled with a code, their link watched, their cameras named, revoked when they must be."""
