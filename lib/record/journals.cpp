#include "record/journals.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/fault.h"
#include "base/text.h"
#include "incident/state/event.h"
#include "journal/remembered_head.h"
#include "journal/sqlite.h"

namespace tocsin::record {

namespace {

using base::Exit;
using base::Fault;

using nlohmann::json;

constexpr std::string_view kList = "incidents";

std::vector<Listed> parsed(const home::Home& home, const base::Bytes& bytes) {
  const json list = json::parse(bytes.begin(), bytes.end(), nullptr, false);
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

// The list only saves time: the journals say the same, but for which of them are over.
std::vector<Listed> remembered(const home::Home& home, const home::Unlocked& keys,
                               const Note& note) {
  try {
    const auto bytes = home.read_sealed(keys.store, kList);
    return bytes ? parsed(home, *bytes) : std::vector<Listed>{};
  } catch (const Fault& fault) {
    if (note) note(fmt::format("{}; it is made again from the journals", fault.what()));
    return {};
  }
}

// A journal that cannot be read stays in the list, without a label, so that it can be found and
// verified. Whatever is wrong with it is about this incident only.
Listed introduce(const home::Home& home, const seal::OpeningKey& reader,
                 const seal::MessageId& id) {
  Listed listed{id, home.journal_path(id), {}, {}, false, false};
  std::error_code error;
  listed.was_declared = std::filesystem::exists(journal::RememberedHead(listed.path).path(), error);
  try {
    const auto body =
        journal::first_body(listed.path, journal::open_store_key(listed.path, reader));
    const auto event = body ? incident::decode_event(*body) : std::nullopt;
    const auto* declared = event ? std::get_if<incident::Declared>(&event->body) : nullptr;
    if (event) listed.declared = event->at;
    if (declared == nullptr) {
      listed.trouble = fmt::format("{} does not begin with a declaration", listed.path.string());
    } else if (declared->incident != id) {
      listed.trouble = fmt::format("{} has the journal of another incident, {}",
                                   listed.path.string(), seal::to_text(declared->incident));
    } else {
      listed.label = declared->label;
      listed.readable = listed.was_declared = true;
    }
  } catch (const Fault& fault) {
    listed.trouble = fault.what();
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

std::vector<Listed> incidents(const home::Home& home, const home::Unlocked& keys,
                              const Note& note) {
  std::vector<Listed> all = remembered(home, keys, note);
  const auto there = home.incidents();
  for (Listed& one : all) {
    const bool is_there = std::find(there.begin(), there.end(), one.id) != there.end();
    if (!is_there) {
      one.readable = false;
      one.trouble = fmt::format("{} is gone", one.path.string());
    } else if (!one.closed) {
      Listed found = introduce(home, keys.coordinator.opening, one.id);
      one.readable = found.readable;
      one.trouble = std::move(found.trouble);
    }
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
  const base::FileLock held = home.hold(home::kIncidentsLock);
  std::vector<Listed> all = remembered(home, keys, {});
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
