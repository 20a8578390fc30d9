// A small drill for tests: tests/playbooks/small.yaml with a few seats more, and what plays it in
// memory within milliseconds.
#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "drill/people/synthetic.h"
#include "drill/run/room.h"
#include "drill/run/run.h"
#include "playbook/reading/read.h"
#include "playbooks/playbooks.h"

namespace tocsin::drill {

// With eight seats, for people who are first asked by their devices.
inline const std::string kSmallPlaybook = playbooks::changed(
    playbooks::small(),
    {{"[nurse, trauma]", "[nurse]"},
     {"1 by 30min then 2 by 60min, relief: 1", "1 by 45min then 2 by 90min, relief: 2"},
     {"need: {response: 1 by 60min}", "need: {response: 3 by 90min}"},
     {"need: {response: 1 by 30min}", "need: {response: 1 by 60min}"},
     {"  channels: [phone]\nlimits:\n  on_duty_share: 0%\n", "  channels: [relay, phone]\n"}});

inline playbook::Playbook playbook_of(std::string_view text) {
  playbook::Playbook book = playbook::read_playbook(text, "small.yaml").playbook;
  book.source_text = text;
  return book;
}

inline const playbook::Playbook& small_playbook() {
  static const playbook::Playbook read = playbook_of(kSmallPlaybook);
  return read;
}

inline Settings small_settings(std::size_t staff, Policy policy = Policy::measured) {
  Settings settings;
  settings.playbook_file = "small.yaml";
  settings.staff = staff;
  settings.seed = 40;
  settings.path = Path::in_memory;
  settings.at = *base::from_rfc3339("2026-01-10T22:40:00Z");
  settings.policy = policy;
  return settings;
}

inline Report play(const Settings& settings,
                   const playbook::Playbook& playbook = small_playbook()) {
  return run(playbook, settings, [](base::Minutes, base::Minutes) {});
}

// What a report tells, without what may differ between two runs of one seed.
inline nlohmann::json told_by(const Report& report) {
  nlohmann::json json = to_json(report);
  json.erase("wall_seconds");
  json["journal"].erase("head");
  return json;
}

// A control room that was declared and not turned yet, with all that it was opened for.
struct OpenedRoom {
  OpenedRoom(Settings how, Staff who, const playbook::Playbook& playbook = small_playbook(),
             std::vector<bool> enrolled = {})
      : settings(std::move(how)),
        staff(std::move(who)),
        clock(settings.at),
        ids(settings.seed),
        keys(settings.seed + 1'000),
        room(open_room({playbook, staff, std::move(enrolled), settings, clock,
                        seal::random_message_id(ids), ids, keys})) {}
  OpenedRoom(const Settings& how, Equipped who, const playbook::Playbook& playbook)
      : OpenedRoom(how, std::move(who.staff), playbook, std::move(who.enrolled)) {}
  explicit OpenedRoom(const Settings& how, const playbook::Playbook& playbook = small_playbook())
      : OpenedRoom(how, synthesise(playbook, how.staff, how.at, base::SeededRandom{how.seed}),
                   playbook) {}
  const incident::State& state() const { return room->ledger().state(); }

  const Settings settings;
  const Staff staff;
  base::VirtualClock clock;
  base::SeededRandom ids;
  base::SeededRandom keys;
  std::unique_ptr<Room> room;
};

}  // namespace tocsin::drill
