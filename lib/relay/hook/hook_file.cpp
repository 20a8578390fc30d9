#include "relay/hook/hook_file.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "document/fields.h"
#include "document/yaml.h"
#include "wire/hooked.h"

namespace tocsin::relay {

namespace {

using document::Findings;
using document::Node;

constexpr std::size_t kMostFileBytes = 64 * 1024;
constexpr std::size_t kMostHooks = 64;

// What an entry says, before its secrets are read.
struct Entry {
  std::string name;
  Provider provider = Provider::twilio;
  std::string secret;
  std::string challenge;
  std::optional<seal::PublicIdentity> key;
  std::string url;
};

std::string text_of(std::optional<Node> node, Findings& findings, std::size_t most) {
  if (!node) return {};
  const auto text = document::read_text(*node, findings, {most});
  if (!text) return {};
  if (base::printable(*text) == *text) return *text;
  findings.error(node->place(), "control characters in a line of text", "write it on one line");
  return {};
}

std::string read_name(Node node, Findings& findings) {
  std::string name = text_of(node, findings, 100);
  if (!name.empty() && !wire::is_hook_name(name))
    findings.error(node.place(), "a hook's name has at most 32 of a to z, 0 to 9 and hyphens",
                   "its address is /hook/NAME: for example \"sms\"");
  return name;
}

std::string read_url(Node node, Findings& findings) {
  std::string url = text_of(node, findings, 500);
  if (!url.empty() && (!url.starts_with("https://") || url.find_first_of(" ?#\"\\") != url.npos))
    findings.error(node.place(), "the address of a hook begins with https:// and has no query",
                   "write it as it stands at the provider: https://HOST/hook/NAME");
  return url;
}

Entry read_entry(Node node, Findings& findings) {
  Entry entry;
  document::Fields fields{node, findings, "a hook"};
  if (const auto name = fields.required("name")) entry.name = read_name(*name, findings);
  if (const auto provider = fields.required("provider"))
    if (const auto word = document::read_word(*provider, findings, kProviders))
      entry.provider = static_cast<Provider>(*word);
  entry.secret = text_of(fields.required("secret"), findings, 1'000);
  if (const auto key = fields.required("key")) {
    const std::string text = text_of(*key, findings, 200);
    entry.key = wire::public_identity_from_text(text);
    if (!text.empty() && !entry.key)
      findings.error(key->place(), "this is no hook's key",
                     "\"tocsin relay --show-hook NAME\" prints it, in the organisation's home");
  }
  // The one signs it, and both are told where the keys of a call go.
  const bool needs_address =
      entry.provider == Provider::twilio || entry.provider == Provider::vonage;
  const auto url = needs_address ? fields.required("url") : fields.optional("url");
  if (url) entry.url = read_url(*url, findings);
  if (entry.provider == Provider::whatsapp)
    entry.challenge = text_of(fields.required("verify"), findings, 1'000);
  fields.finish();
  return entry;
}

std::vector<Entry> read_entries(Node list, Findings& findings) {
  std::vector<Entry> entries;
  std::set<std::string> names;
  if (!list.is_sequence())
    findings.error(list.place(), "hooks are a list", "write \"- name: …\" for each of them");
  for (const Node node : list.items()) {
    if (entries.size() == kMostHooks) {
      findings.error(node.place(), "a relay has at most 64 hooks");
      break;
    }
    entries.push_back(read_entry(node, findings));
    if (!names.insert(entries.back().name).second)
      findings.error(node.place(), "another hook has this name", "give each its own");
  }
  return entries;
}

}  // namespace

std::vector<Hook> read_hook_file(const std::filesystem::path& path) {
  Findings findings;
  std::vector<Entry> entries;
  const std::string text = base::read_file(path, kMostFileBytes);
  if (const auto document = document::parse_yaml(text, path.string(), findings)) {
    document::Fields fields{document->root(), findings, "the file"};
    if (const auto version = fields.required("tocsin"))
      document::read_count(*version, findings, 1, 1);
    if (const auto list = fields.required("hooks")) entries = read_entries(*list, findings);
    fields.finish();
  }
  findings.throw_if_errors("file of hooks");
  std::vector<Hook> hooks;
  const std::filesystem::path folder = path.parent_path();
  for (Entry& entry : entries) {
    std::optional<seal::SecretText> challenge;
    if (!entry.challenge.empty())
      challenge.emplace(seal::read_secret_file(folder / entry.challenge));
    hooks.push_back({std::move(entry.name), entry.provider,
                     seal::read_secret_file(folder / entry.secret), std::move(challenge),
                     *entry.key, std::move(entry.url)});
  }
  return hooks;
}

}  // namespace tocsin::relay
