#include "drill/run/ways.h"

#include <algorithm>

#include "contact/channels.h"

namespace tocsin::drill {

namespace {

constexpr std::uint64_t kSleep = 6;  // a random stream of the seed, after those of a run

// With the share of people who notice something as the settings have it.
World world_of(const Scene& scene) {
  World world = *scene.settings.world;
  for (WorldChannel& channel : world.channels)
    channel.notice = std::min(1.0, channel.notice * scene.settings.belief);
  return world;
}

const WorldChannel* channel_of_devices(const World& world) {
  const auto found = std::find_if(
      world.channels.begin(), world.channels.end(),
      [](const WorldChannel& channel) { return contact::reaches_devices(channel.id); });
  return found == world.channels.end() ? nullptr : &*found;
}

std::vector<std::unique_ptr<Messenger>> messengers_of(const World& world, const Scene& scene) {
  std::vector<std::unique_ptr<Messenger>> out;
  for (const WorldChannel& channel : world.channels)
    if (!contact::reaches_devices(channel.id) && channel.id != incident::kPhone)
      out.push_back(
          std::make_unique<Messenger>(channel, scene.staff.roster, scene.settings.at, scene.clock));
  return out;
}

std::vector<bool> on_duty(const Scene& scene) {
  std::vector<bool> out;
  for (const roster::Responder& person : scene.staff.roster.responders())
    out.push_back(scene.staff.rota.duty_of(person.id, scene.settings.at) == roster::Duty::on_duty);
  return out;
}

}  // namespace

Ways::Ways(const Scene& scene, MemoryPost& post)
    : world_(world_of(scene)),
      post_(post),
      relay_(post, channel_of_devices(world_), scene.settings.at, scene.clock),
      messengers_(messengers_of(world_, scene)),
      telephones_(world_, post, messengers_, on_duty(scene),
                  base::SeededRandom{scene.settings.seed}.fork(kSleep)) {
  for (const std::unique_ptr<Messenger>& messenger : messengers_)
    lines_.push_back(line_to(*messenger));
}

std::vector<incident::Body> Ways::taken() const {
  incident::ChannelsTaken channels;
  incident::LimitsTaken limits;
  for (const WorldChannel& channel : world_.channels) {
    channels.channels.push_back(channel.id);
    if (channel.per_minute == 0) continue;
    limits.channels.push_back(channel.id);
    limits.per_minute.push_back(static_cast<std::uint64_t>(channel.per_minute));
  }
  return {std::move(channels), std::move(limits)};
}

std::vector<channel::Channel*> Ways::channels() {
  std::vector<channel::Channel*> all{&relay_};
  for (const std::unique_ptr<channel::Channel>& line : lines_) all.push_back(line.get());
  return all;
}

std::vector<std::size_t> Ways::take_arrivals() {
  std::vector<std::size_t> people = post_.take_arrivals();
  for (const std::size_t person : telephones_.take_arrivals()) people.push_back(person);
  return people;
}

}  // namespace tocsin::drill
