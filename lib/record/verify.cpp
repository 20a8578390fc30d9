#include "record/verify.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "incident/state/event.h"

namespace tocsin::record {

namespace {

std::string_view tier_of(seal::Role role) noexcept {
  switch (role) {
    case seal::Role::strategic:
      return "strategic";
    case seal::Role::tactical:
      return "tactical";
    default:
      return "operational";
  }
}

// The caller has checked the signature. A clock may be ten minutes slow, as in seal::is_valid.
bool in_force(const seal::Certificate& certificate, base::Instant at) {
  return at + base::Minutes(10) >= certificate.issued && at < certificate.expires;
}

}  // namespace

journal::Verified verify(const Listed& incident, const seal::VerifyKey& organisation,
                         const seal::StoreKey& store,
                         const std::optional<journal::HeadDigits>& expected_head) {
  journal::Verified verified =
      journal::verify(incident.path, {organisation, &store, expected_head});
  std::optional<std::uint64_t> first_out_of_force;
  journal::read_verified(incident.path, store, verified, [&](const journal::SignedEntry& entry) {
    // The time of an event of a newer program is unknown, so it cannot be checked here.
    const auto event = incident::decode_event(entry.body);
    if (event && !first_out_of_force && !in_force(entry.author, event->at))
      first_out_of_force = entry.number;
  });
  if (first_out_of_force && (!verified.flaw || *first_out_of_force < verified.flaw->event))
    verified.flaw = {*first_out_of_force,
                     "was made at a time when its author's certificate was not in force"};
  return verified;
}

std::string words_of(const journal::Flaw& flaw) {
  return flaw.event == 0 ? flaw.reason : fmt::format("event {} {}", flaw.event, flaw.reason);
}

nlohmann::json to_json(const Listed& incident, const journal::Verified& verified) {
  std::vector<std::uint64_t> events(verified.authors.size());
  std::uint64_t before = 0;
  for (const auto& transaction : verified.transactions) {
    events[transaction.author] += transaction.last - before;
    before = transaction.last;
  }
  auto authors = nlohmann::json::array();
  for (std::size_t i = 0; i < verified.authors.size(); ++i)
    authors.push_back({{"name", verified.authors[i].name},
                       {"tier", tier_of(verified.authors[i].role)},
                       {"events", events[i]}});
  const auto number_or_null = [](const std::optional<std::uint64_t>& number) {
    return number ? nlohmann::json(*number) : nlohmann::json(nullptr);
  };
  nlohmann::json flaw = nullptr;
  if (verified.flaw) flaw = {{"event", verified.flaw->event}, {"reason", verified.flaw->reason}};
  return {{"incident", seal::to_text(incident.id)},
          {"label", incident.label},
          {"sound", !verified.flaw},
          {"flaw", flaw},
          {"events", verified.events},
          {"signatures", verified.transactions.size()},
          {"head", base::to_hex(verified.head)},
          {"authors", authors},
          {"expected_at", number_or_null(verified.expected_at)},
          {"remembered_at", number_or_null(verified.remembered_at)}};
}

}  // namespace tocsin::record
