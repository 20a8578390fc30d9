#include "incidents.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/fault.h"
#include "incident/ledger.h"
#include "journal/sqlite.h"
#include "seal/entropy.h"

namespace tocsin::cli {

namespace {

using nlohmann::json;

constexpr std::string_view kList = "incidents";

std::vector<Listed> remembered(const home::Home& home, const home::Unlocked& keys) {
  const auto bytes = home.read_sealed(keys.store, kList);
  if (!bytes) return {};
  const json list = json::parse(bytes->begin(), bytes->end(), nullptr, false);
  std::vector<Listed> found;
  for (const json& row : list) {
    const auto id = seal::message_id_from_text(row.value("id", ""));
    const auto at = base::from_rfc3339(row.value("declared_at", ""));
    if (id && at) found.push_back({*id, row.value("label", ""), *at, row.value("closed", false)});
  }
  return found;
}

void write(const home::Home& home, const home::Unlocked& keys, const std::vector<Listed>& all) {
  json list = json::array();
  for (const Listed& one : all)
    list.push_back({{"id", seal::to_text(one.id)},
                    {"label", one.label},
                    {"declared_at", base::to_rfc3339(one.declared_at)},
                    {"closed", one.closed}});
  const std::string text = list.dump();
  seal::Entropy random;
  home.write_sealed(keys.store, kList, base::bytes_of(text), random);
}

// nullopt for a journal in which nothing was declared: the declaration was cut off.
std::optional<Listed> look_into(const home::Home& home, const home::Unlocked& keys,
                                const seal::MessageId& id) {
  const auto path = home.journal_path(id);
  seal::Entropy random;
  const auto journal = journal::SqliteJournal::open(
      path, journal::open_store_key(path, keys.coordinator.opening), std::nullopt, random);
  const incident::Ledger ledger(*journal);
  const incident::State& state = ledger.state();
  if (!state.is_declared()) return std::nullopt;
  return Listed{id, state.declared.label, state.declared_at, false};
}

}  // namespace

std::vector<Listed> list_incidents(const home::Home& home, const home::Unlocked& keys) {
  std::vector<Listed> all = remembered(home, keys);
  const auto there = home.incidents();
  std::erase_if(all, [&](const Listed& one) {
    return std::find(there.begin(), there.end(), one.id) == there.end();
  });
  for (const seal::MessageId& id : there) {
    if (std::any_of(all.begin(), all.end(), [&](const Listed& one) { return one.id == id; }))
      continue;
    if (const auto found = look_into(home, keys, id)) all.push_back(*found);
  }
  std::sort(all.begin(), all.end(),
            [](const Listed& a, const Listed& b) { return a.declared_at < b.declared_at; });
  return all;
}

void remember_incident(const home::Home& home, const home::Unlocked& keys, const Listed& incident) {
  std::vector<Listed> all = remembered(home, keys);
  std::erase_if(all, [&](const Listed& one) { return one.id == incident.id; });
  all.push_back(incident);
  write(home, keys, all);
}

}  // namespace tocsin::cli
