// The bytes of a journal that are hashed, sealed and signed (tocsin-journal(5)), as pure functions,
// so that every store and the checker share one spelling of them. Knows nothing of files.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "seal/at_rest.h"
#include "seal/envelope.h"

namespace tocsin::journal {

// An incident's journal has the incident's id.
using JournalId = seal::MessageId;

constexpr std::uint32_t kFormatVersion = 1;
constexpr std::size_t kBodyBytesMost = 16 * 1024 * 1024;  // of one event, before sealing

// `proof` is an empty body sealed as number 0: it tells a wrong key from a changed journal.
seal::Hash first_hash(const JournalId& id, base::ByteView proof);
seal::Hash next_hash(const seal::Hash& previous, std::uint64_t number, base::ByteView sealed_body);

// Binds a sealed body to its journal and its place, so that it opens nowhere else.
using BodyAad = std::array<std::uint8_t, 41>;
BodyAad body_aad(const JournalId& id, std::uint64_t number);

// What the author of the transaction that holds events `first` to `last` signs. `hash` is that of
// `last`, `certificate_hash` that of the author's encoded certificate.
using Attestation = std::array<std::uint8_t, 96>;
Attestation attestation(const JournalId& id, std::uint64_t first, std::uint64_t last,
                        const seal::Hash& hash, const seal::Hash& certificate_hash);

// The purpose under which a store key is wrapped to coordinators (seal::wrap).
std::string key_purpose(const JournalId& id);

}  // namespace tocsin::journal
