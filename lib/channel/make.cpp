#include "channel/make.h"

#include <algorithm>
#include <array>

#include "base/fault.h"
#include "channel/email.h"
#include "channel/exec.h"
#include "channel/matrix.h"
#include "channel/ntfy.h"
#include "channel/phone.h"
#include "channel/push.h"
#include "channel/relay.h"
#include "channel/signal.h"
#include "channel/sms.h"
#include "channel/spool.h"
#include "channel/teams.h"
#include "channel/telegram.h"
#include "channel/threema.h"
#include "channel/viber.h"
#include "channel/voice.h"
#include "channel/whatsapp.h"
#include "contact/channels.h"

namespace tocsin::channel {

namespace {

struct Maker {
  std::string_view name;
  Class carries;
  std::unique_ptr<Channel> (*make)(const contact::Settings& settings, const Parts& parts);
  std::optional<base::Rate> (*limit)(const contact::Settings& settings);
};

template <class Made>
constexpr Maker maker_of() {
  return {Made::kName, Made::kCarries,
          [](const contact::Settings& settings, const Parts& parts) -> std::unique_ptr<Channel> {
            return Made::make(settings, parts);
          },
          [](const contact::Settings& settings) -> std::optional<base::Rate> {
            if constexpr (requires { Made::limit(settings); })
              return Made::limit(settings);
            else
              return std::nullopt;
          }};
}

constexpr auto kMakers = std::to_array<Maker>({
    maker_of<RelayChannel>(),
    maker_of<SpoolChannel>(),
    maker_of<PhoneChannel>(),
    maker_of<PushChannel>(),
    maker_of<SmsChannel>(),
    maker_of<EmailChannel>(),
    maker_of<TelegramChannel>(),
    maker_of<SignalChannel>(),
    maker_of<ThreemaChannel>(),
    maker_of<TeamsChannel>(),
    maker_of<ExecChannel>(),
    maker_of<NtfyChannel>(),
    maker_of<MatrixChannel>(),
    maker_of<VoiceChannel>(),
    maker_of<WhatsAppChannel>(),
    maker_of<ViberChannel>(),
});

constexpr bool is_made(const contact::Channel& channel) {
  return std::any_of(kMakers.begin(), kMakers.end(), [&](const Maker& maker) {
    return maker.name == channel.name && maker.carries == channel.carries;
  });
}
static_assert(
    std::all_of(contact::kChannels.begin(), contact::kChannels.end(),
                [](const contact::Channel& channel) {
                  return channel.is_spoken() == is_made(channel);
                }),
    "a channel that contact/channels.h calls spoken has a maker of its class here, and no "
    "other has");
static_assert(std::all_of(kMakers.begin(), kMakers.end(),
                          [](const Maker& maker) {
                            // Not by contact::find: g++ under the sanitizers takes no comparison
                            // with a null pointer for constant.
                            return std::any_of(contact::kChannels.begin(), contact::kChannels.end(),
                                               [&](const contact::Channel& channel) {
                                                 return channel.name == maker.name;
                                               });
                          }),
              "a channel that is made here stands in contact/channels.h");

}  // namespace

namespace {

const Maker& maker_named(const contact::ChannelId& id) {
  const auto maker = std::find_if(kMakers.begin(), kMakers.end(),
                                  [&](const Maker& one) { return one.name == id.str(); });
  TOCSIN_ASSERT(maker != kMakers.end());
  return *maker;
}

}  // namespace

std::unique_ptr<Channel> make(const contact::ChannelId& id, const contact::Settings& settings,
                              const Parts& parts) {
  return maker_named(id).make(settings, parts);
}

std::optional<base::Rate> limit_of(const contact::ChannelId& id,
                                   const contact::Settings& settings) {
  return maker_named(id).limit(settings);
}

}  // namespace tocsin::channel
