#include "record/journals.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/fault.h"
#include "base/text.h"
#include "incident/state/event.h"
#include "journal/sqlite.h"

namespace tocsin::record {

namespace {

using base::Exit;
using base::Fault;

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
    if (id && at)
      found.push_back({*id, home.journal_path(*id), row.value("label", ""), *at,
                       row.value("closed", false), true});
  }
  return found;
}

// A damaged journal stays in the list, without a label, so that it can be found and verified.
Listed introduce(const home::Home& home, const seal::OpeningKey& reader,
                 const seal::MessageId& id) {
  Listed listed{id, home.journal_path(id), {}, {}, false, false};
  std::optional<base::Bytes> body;
  try {
    body = journal::first_body(listed.path, journal::open_store_key(listed.path, reader));
  } catch (const Fault& fault) {
    if (fault.exit() != Exit::untrusted) throw;
  }
  const auto event = body ? incident::decode_event(*body) : std::nullopt;
  if (!event) return listed;
  listed.declared = event->at;
  if (const auto* declared = std::get_if<incident::Declared>(&event->body)) {
    listed.label = declared->label;
    listed.readable = true;
  }
  return listed;
}

bool begins(std::string_view whole, std::string_view part) {
  return base::to_lower(whole).starts_with(base::to_lower(part));
}

std::string names_of(const std::vector<Listed>& some) {
  constexpr std::size_t kMost = 5;
  std::vector<std::string> names;
  for (const Listed& one : some) {
    if (names.size() == kMost) {
      names.emplace_back("…");
      break;
    }
    names.push_back(one.label.empty() ? seal::to_text(one.id) : base::printable(one.label));
  }
  return base::join(names, ", ");
}

}  // namespace

std::vector<Listed> incidents(const home::Home& home, const home::Unlocked& keys) {
  std::vector<Listed> all = remembered(home, keys);
  const auto there = home.incidents();
  for (Listed& one : all) {
    const bool is_there = std::find(there.begin(), there.end(), one.id) != there.end();
    if (!is_there)
      one.readable = false;
    else if (!one.closed)
      one.readable = introduce(home, keys.coordinator.opening, one.id).readable;
  }
  for (const seal::MessageId& id : there)
    if (std::none_of(all.begin(), all.end(), [&](const Listed& one) { return one.id == id; }))
      all.push_back(introduce(home, keys.coordinator.opening, id));
  std::sort(all.begin(), all.end(), [](const Listed& a, const Listed& b) {
    return std::pair(b.declared, a.id) < std::pair(a.declared, b.id);
  });
  return all;
}

void remember_incident(const home::Home& home, const home::Unlocked& keys, const Listed& incident,
                       base::Random& random) {
  std::vector<Listed> all = remembered(home, keys);
  std::erase_if(all, [&](const Listed& one) { return one.id == incident.id; });
  all.push_back(incident);
  json list = json::array();
  for (const Listed& one : all)
    list.push_back({{"id", seal::to_text(one.id)},
                    {"label", one.label},
                    {"declared_at", base::to_rfc3339(one.declared)},
                    {"closed", one.closed}});
  const std::string text = list.dump();
  home.write_sealed(keys.store, kList, base::bytes_of(text), random);
}

Listed find_incident(const home::Home& home, const home::Unlocked& keys, std::string_view wanted) {
  std::vector<Listed> all = incidents(home, keys);
  if (all.empty())
    throw Fault(Exit::usage, fmt::format("there is no incident in {}", home.path().string()),
                "declare one with: tocsin declare, or name another folder with --home");
  if (wanted.empty()) return all.front();
  std::vector<Listed> fitting;
  for (const Listed& one : all) {
    if (one.label == wanted || seal::to_text(one.id) == wanted) return one;
    if (begins(one.label, wanted) || seal::to_text(one.id).starts_with(wanted))
      fitting.push_back(one);
  }
  if (fitting.size() == 1) return fitting.front();
  if (fitting.empty())
    throw Fault(Exit::usage, fmt::format("there is no incident \"{}\"", base::printable(wanted)),
                "these are there: " + names_of(all));
  throw Fault(Exit::usage, fmt::format("\"{}\" fits several incidents", base::printable(wanted)),
              "say which: " + names_of(fitting));
}

}  // namespace tocsin::record
