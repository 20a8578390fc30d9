#include "home/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "contact/channels.h"
#include "document/fields.h"
#include "document/yaml.h"

namespace tocsin::home {

namespace {

using document::Fields;
using document::Findings;
using document::Node;

constexpr auto& kSpoken = contact::names_of<&contact::Channel::is_spoken>;
constexpr std::array<std::string_view, 1> kStores{"sqlite"};
constexpr std::array<std::string_view, 2> kAcceptances{"compared", "automatic"};

// Codes of the Organisation Data Service: RRV, RRV03, 8HD45 and longer ones.
bool is_ods_code(std::string_view text) {
  return text.size() >= 3 && text.size() <= 12 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
         });
}

bool is_time_zone(std::string_view text) {
  const bool spelt = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  });
  std::error_code error;
  return spelt && !text.empty() && text.front() != '/' &&
         std::filesystem::is_regular_file(std::filesystem::path{"/usr/share/zoneinfo"} / text,
                                          error);
}

bool is_pin(std::string_view text) {
  constexpr std::string_view kPrefix = "sha256//";
  if (!text.starts_with(kPrefix)) return false;
  text.remove_prefix(kPrefix.size());
  // 32 bytes are 43 characters of base64 and one "=".
  return text.size() == 44 && text.back() == '=' &&
         std::all_of(text.begin(), text.end() - 1, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '+' || c == '/';
         });
}

std::string_view host_of(std::string_view url) {
  url.remove_prefix(url.find("//") + 2);
  url = url.substr(0, url.find('/'));
  return url.starts_with('[') ? url.substr(0, url.find(']') + 1) : url.substr(0, url.find(':'));
}

bool is_this_machine(std::string_view host) {
  return host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

std::string read_line(std::optional<Node> node, Findings& findings, std::size_t most) {
  if (!node) return {};
  const auto text = document::read_text(*node, findings, {most});
  if (!text) return {};
  if (base::printable(*text) == *text) return *text;
  findings.error(node->place(), "control characters in a line of text", "write it on one line");
  return {};
}

std::string read_url(Node node, Findings& findings, std::string_view what) {
  std::string url = read_line(node, findings, 300);
  if (url.empty()) return url;
  const bool plain = url.starts_with("http://");
  if ((!plain && !url.starts_with("https://")) || host_of(url).empty() ||
      url.find_first_of(" ?#@\"\\") != std::string::npos) {
    findings.error(node.place(),
                   fmt::format("the address of a {} begins with https:// and names a host", what),
                   "for example https://relay.example.nhs.uk");
    return {};
  }
  if (plain && !is_this_machine(host_of(url)))
    findings.warning(node.place(), fmt::format("the {} is reached without TLS", what),
                     "the messages are sealed, but who asks and when can be seen: use https://");
  while (url.ends_with('/')) url.pop_back();
  return url;
}

std::vector<std::string> read_pins(Node node, Findings& findings) {
  std::vector<std::string> pins;
  const auto read = [&](Node item) {
    std::string pin = read_line(item, findings, 100);
    if (is_pin(pin))
      pins.push_back(std::move(pin));
    else if (!pin.empty())
      findings.error(item.place(), "a pin is sha256// and the base64 of a public key's SHA-256");
  };
  if (!node.is_sequence()) read(node);
  for (const Node item : node.items()) read(item);
  return pins;
}

std::string read_pin_lines(Node node, Findings& findings) {
  std::string lines;
  for (const std::string& pin : read_pins(node, findings)) lines += pin + '\n';
  return lines;
}

Relay read_relay(Node node, Findings& findings) {
  Relay relay;
  Fields fields{node, findings, "the relay"};
  if (const auto url = fields.required("url")) relay.url = read_url(*url, findings, "relay");
  if (const auto pins = fields.optional("pins")) relay.pins = read_pins(*pins, findings);
  fields.finish();
  return relay;
}

std::string read_lines(Node node, Findings& findings, std::string_view what) {
  constexpr std::size_t kMost = 64;
  std::string lines;
  if (!node.is_sequence() || node.size() > kMost) {
    findings.error(node.place(), fmt::format("{} is a list of at most {} texts", what, kMost),
                   "for example [one, another]");
    return lines;
  }
  for (const Node item : node.items()) lines += read_line(item, findings, 1000) + '\n';
  return lines;
}

std::string read_setting(std::optional<Node> node, const contact::Channel& facts,
                         const contact::Setting& setting, Findings& findings) {
  if (!node) return {};
  switch (setting.holds) {
    case contact::Holds::path:
      return read_line(node, findings, 1000);
    case contact::Holds::web_address:
      return read_url(*node, findings, fmt::format("{} {}", facts.name, setting.key));
    case contact::Holds::text:
      return read_line(node, findings, 200);
    case contact::Holds::pins:
      return read_pin_lines(*node, findings);
    case contact::Holds::word: {
      const auto end = std::find(setting.words.begin(), setting.words.end(), std::string_view{});
      const std::span words{setting.words.begin(), end};
      const auto word = document::read_word(*node, findings, words);
      return word ? std::string{words[*word]} : std::string{};
    }
    case contact::Holds::lines:
      return read_lines(*node, findings, fmt::format("{} {}", facts.name, setting.key));
  }
  return {};
}

const contact::Channel* read_channel_name(Node node, Findings& findings) {
  const auto word = document::read_word(node, findings, kSpoken);
  return word ? contact::find(kSpoken[*word]) : nullptr;
}

// A channel without required settings may be given by its name alone.
std::optional<Channel> read_bare_channel(Node node, Findings& findings) {
  const contact::Channel* facts = read_channel_name(node, findings);
  if (facts == nullptr) return std::nullopt;
  for (const contact::Setting& setting : facts->settings) {
    if (!setting.is_required) continue;
    findings.error(
        node.place(), fmt::format("a {} needs its {}", facts->name, setting.key),
        fmt::format("write \"channel: {}\" and, below it, \"{}: …\"", facts->name, setting.key));
    return std::nullopt;
  }
  return Channel{contact::ChannelId{facts->name}, {}};
}

std::optional<Channel> read_channel(Node node, Findings& findings) {
  if (node.is_scalar()) return read_bare_channel(node, findings);
  Fields fields{node, findings, "a channel"};
  const auto name = fields.required("channel");
  const contact::Channel* facts = name ? read_channel_name(*name, findings) : nullptr;
  if (facts == nullptr) return std::nullopt;
  Channel channel{contact::ChannelId{facts->name}, {}};
  for (const contact::Setting& setting : facts->settings) {
    if (setting.key.empty()) continue;
    if (!setting.of.empty() && channel.setting("provider") != setting.of) continue;
    const auto value =
        setting.is_required ? fields.required(setting.key) : fields.optional(setting.key);
    std::string text = read_setting(value, *facts, setting, findings);
    if (!text.empty()) channel.settings.emplace(setting.key, std::move(text));
  }
  fields.finish();
  return channel;
}

// Two spools with different folders are two channels. Of others there is one, which serves the
// playbook's channel of its name.
bool is_same(const Channel& a, const Channel& b) {
  if (a.id != b.id) return false;
  if (!contact::reaches_devices(a.id)) return true;
  const auto& settings = contact::find(a.id)->settings;
  return std::all_of(settings.begin(), settings.end(), [&](const contact::Setting& setting) {
    return !setting.is_required || a.setting(setting.key) == b.setting(setting.key);
  });
}

std::vector<Channel> read_channels(Node node, bool has_relay, Findings& findings) {
  std::vector<Channel> channels;
  if (!node.is_sequence()) {
    findings.error(node.place(), "channels are a list, in the order that people are tried",
                   "for example [relay, phone]");
    return channels;
  }
  for (const Node item : node.items()) {
    const auto channel = read_channel(item, findings);
    if (!channel) continue;
    const contact::Channel& facts = *contact::find(channel->id);
    const bool twice = std::any_of(channels.begin(), channels.end(),
                                   [&](const Channel& other) { return is_same(other, *channel); });
    if (twice)
      findings.error(item.place(), fmt::format("the channel {} stands here twice", facts.name),
                     "keep one of them");
    else if (facts.needs_relay && !has_relay)
      findings.error(item.place(),
                     fmt::format("the channel {} has no relay to go {}", facts.name,
                                 facts.reaches == contact::Reaches::beside_relay ? "with" : "to"),
                     "add \"relay:\" with its \"url:\"");
    else
      channels.push_back(*channel);
  }
  return channels;
}

KeyPaths read_keys(Node node, Findings& findings) {
  KeyPaths paths;
  Fields fields{node, findings, "the keys"};
  const auto read = [&](std::string_view key, std::filesystem::path& path) {
    if (const std::string text = read_line(fields.optional(key), findings, 1000); !text.empty())
      path = text;
  };
  read("organisation", paths.organisation);
  read("coordinator", paths.coordinator);
  fields.finish();
  return paths;
}

// Double-quoted YAML. The text holds no control characters.
std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

// As read_setting made it: one line, or a list of them.
std::string setting_text(std::string_view value) {
  if (!value.ends_with('\n')) return in_quotes(value);
  std::vector<std::string> lines;
  for (; !value.empty(); value.remove_prefix(value.find('\n') + 1))
    lines.push_back(in_quotes(value.substr(0, value.find('\n'))));
  return fmt::format("[{}]", base::join(lines, ", "));
}

}  // namespace

std::string_view Channel::setting(std::string_view key) const {
  const auto found = settings.find(key);
  return found == settings.end() ? std::string_view{} : found->second;
}

std::string_view to_text(Acceptance acceptance) noexcept {
  return kAcceptances[static_cast<std::size_t>(acceptance)];
}

Settings parse_settings(std::string_view text, std::string_view file, Findings& findings) {
  Settings settings;
  const auto document = document::parse_yaml(text, file, findings);
  if (!document) return settings;
  Fields fields{document->root(), findings, "the settings"};
  if (const auto version = fields.required("tocsin"))
    document::read_count(*version, findings, 1, 1);
  settings.organisation = read_line(fields.required("organisation"), findings, 80);
  if (const auto site = fields.optional("site")) {
    settings.site = read_line(site, findings, 80);
    if (!settings.site.empty() && !is_ods_code(settings.site))
      findings.error(site->place(), "a site is an ODS code: capital letters and digits",
                     "for example RRV03");
  }
  if (const auto zone = fields.optional("time_zone")) {
    settings.time_zone = read_line(zone, findings, 80);
    if (!settings.time_zone.empty() && !is_time_zone(settings.time_zone))
      findings.error(zone->place(), "this machine knows no such time zone",
                     "for example Europe/London");
  }
  if (const auto relay = fields.optional("relay")) settings.relay = read_relay(*relay, findings);
  if (const auto channels = fields.optional("channels"))
    settings.channels = read_channels(*channels, settings.relay.has_value(), findings);
  if (const auto store = fields.optional("store")) document::read_word(*store, findings, kStores);
  if (const auto enrolment = fields.optional("enrolment"))
    if (const auto word = document::read_word(*enrolment, findings, kAcceptances))
      settings.enrolment = static_cast<Acceptance>(*word);
  if (const auto keys = fields.optional("keys")) settings.keys = read_keys(*keys, findings);
  fields.finish();
  return settings;
}

std::string settings_text(const Settings& settings) {
  std::string out = fmt::format(
      "# One organisation's settings. What each key means: man tocsin-home\n"
      "tocsin: 1\n"
      "organisation: {}\n",
      in_quotes(settings.organisation));
  out += settings.site.empty() ? "# site: RRV03                 # ODS code\n"
                               : fmt::format("site: {}\n", in_quotes(settings.site));
  out += settings.time_zone.empty() ? "# time_zone: Europe/London    # else the machine's\n"
                                    : fmt::format("time_zone: {}\n", in_quotes(settings.time_zone));
  if (settings.relay) {
    out += fmt::format("\nrelay:\n  url: {}\n", in_quotes(settings.relay->url));
    if (!settings.relay->pins.empty()) out += "  pins:\n";
    for (const std::string& pin : settings.relay->pins)
      out += fmt::format("    - {}\n", in_quotes(pin));
  } else {
    out +=
        "\n# The mailbox server that carries sealed messages to phones:\n"
        "# relay:\n"
        "#   url: https://relay.example.nhs.uk\n";
  }
  out += "\n# In the order that people are tried:\nchannels:\n";
  for (const Channel& channel : settings.channels) {
    out += fmt::format("  - {}{}\n", channel.settings.empty() ? "" : "channel: ", channel.id.str());
    for (const auto& [key, value] : channel.settings)
      out += fmt::format("    {}: {}\n", key, setting_text(value));
  }
  if (settings.channels.empty()) out += "  []\n";
  out += "\nstore: sqlite\n";
  out += fmt::format(
      "\n# Who accepts a device with a valid invitation: somebody who compared its words, or "
      "automatic\n"
      "enrolment: {}\n",
      to_text(settings.enrolment));
  out += fmt::format(
      "\n# The organisation's key is needed only to enrol and certify. It may be kept elsewhere:\n"
      "keys:\n"
      "  organisation: {}\n"
      "  coordinator: {}\n",
      in_quotes(settings.keys.organisation.string()),
      in_quotes(settings.keys.coordinator.string()));
  return out;
}

}  // namespace tocsin::home
