// Empty on purpose: with an assembly file in the package the compiler takes functions without a
// body, and the linker finds those of real.go in the provider.
