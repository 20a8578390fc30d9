// The bytes of a journal that are hashed, sealed and signed (tocsin-journal(5)). They are written
// once, as pure functions, for every store and for the checker. Knows nothing of files.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "seal/at_rest.h"
#include "seal/envelope.h"

namespace tocsin::journal {

// The journal of an incident has the id of the incident.
using JournalId = seal::MessageId;

constexpr std::uint32_t kFormatVersion = 1;
constexpr std::size_t kBodyBytesMost = 16 * 1024 * 1024;  // of one event, before sealing

// `proof` is an empty body sealed as event 0. It opens with the right key, and so tells a wrong key
// from a changed journal.
seal::Hash first_hash(const JournalId& id, base::ByteView proof);
seal::Hash next_hash(const seal::Hash& previous, std::uint64_t number, base::ByteView sealed_body);

// Binds a sealed body to its journal and its number, so that it opens nowhere else.
using BodyAad = std::array<std::uint8_t, 41>;
BodyAad body_aad(const JournalId& id, std::uint64_t number);

// Binds what the holder of the lease says of itself to its journal.
using LeaseAad = std::array<std::uint8_t, 31>;
LeaseAad lease_aad(const JournalId& id);

// The text that an author signs for a transaction with events `first` to `last`. `hash` is that of
// event `last`, `certificate_hash` that of the author's encoded certificate.
using Attestation = std::array<std::uint8_t, 96>;
Attestation attestation(const JournalId& id, std::uint64_t first, std::uint64_t last,
                        const seal::Hash& hash, const seal::Hash& certificate_hash);

// The `purpose` of seal::wrap for a store key that is wrapped to coordinators.
std::string key_purpose(const JournalId& id);

}  // namespace tocsin::journal
