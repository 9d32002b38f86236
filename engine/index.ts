// The engine's whole interface: settings in, events out.
export {}
