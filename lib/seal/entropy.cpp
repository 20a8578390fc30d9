#include "seal/entropy.h"

#include "seal/sodium.h"

namespace tocsin::seal {

Entropy::Entropy() { start_sodium(); }

void Entropy::fill(std::span<std::uint8_t> out) { randombytes_buf(out.data(), out.size()); }

}  // namespace tocsin::seal
