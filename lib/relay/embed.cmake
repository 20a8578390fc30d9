# Writes the files of the responder's page into one C++ source, so that the program needs no folder
# beside it: cmake -DOUT=… -DFOLDER=… -DNAMES=a.js|b.css -DLANGUAGES=en|pl -P embed.cmake
# Scripts, the style and the page are written without comments, indentation and empty lines, which a phone need not fetch.
# A comment that ends a line stands behind two spaces.
# The words of all languages have one path. The first language is for readers of none of them.
string(REPLACE "|" ";" names "${NAMES}")
string(REPLACE "|" ";" languages "${LANGUAGES}")
list(TRANSFORM names PREPEND page/)
foreach(language IN LISTS languages)
  list(APPEND names "language/${language}.txt")
endforeach()
set(type_html "text/html; charset=utf-8")
set(type_css "text/css; charset=utf-8")
set(type_js "text/javascript; charset=utf-8")
set(type_txt "text/plain; charset=utf-8")
set(type_png image/png)
set(type_webmanifest "application/manifest+json; charset=utf-8")
set(arrays "")
set(rows "")
set(hashes "")
set(paths "")

function(hex_array name hex)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
  string(REPEAT "." 100 line)
  string(REGEX REPLACE "(${line})" "\\1\n" bytes "${bytes}")
  set(arrays "${arrays}constexpr std::uint8_t ${name}[] = {\n${bytes}};\n" PARENT_SCOPE)
endfunction()

# Packs what was served last into an array of this name.
function(pack name)
  file(ARCHIVE_CREATE OUTPUT "${OUT}.gz" PATHS "${OUT}.served" FORMAT raw COMPRESSION GZip
    COMPRESSION_LEVEL 9)
  file(READ "${OUT}.gz" hex HEX)
  hex_array(${name} "${hex}")
  set(arrays "${arrays}" PARENT_SCOPE)
endfunction()

# Writes what a phone fetches of this file.
function(write_served name)
  set(served "${OUT}.served")
  if(NOT name MATCHES "\\.(js|css|html)$")
    file(COPY_FILE "${FOLDER}/${name}" "${served}")
    return()
  endif()
  file(READ "${FOLDER}/${name}" text)
  string(REGEX REPLACE "\n<!--[^\n]*-->" "" text "\n${text}")
  string(REGEX REPLACE "\n *//[^\n]*" "" text "${text}")
  string(REGEX REPLACE "  //[^\n]*" "" text "${text}")
  string(REGEX REPLACE "\n */\\*[^*]*\\*/" "" text "${text}")
  string(REGEX REPLACE "\n +" "\n" text "${text}")
  string(REGEX REPLACE "\n\n+" "\n" text "${text}")
  string(REGEX REPLACE "^\n" "" text "${text}")
  file(WRITE "${served}" "${text}")
endfunction()

set(i 0)
foreach(name IN LISTS names)
  string(REGEX REPLACE ".*\\." "" extension "${name}")
  if(NOT DEFINED type_${extension})
    message(FATAL_ERROR "no media type for ${name}: name it in embed.cmake")
  endif()
  set(language "")
  string(REGEX REPLACE "^page" "" path "${name}")
  if(name MATCHES "^language/(.*).txt$")
    set(language "${CMAKE_MATCH_1}")
    set(path "/language.txt")
  elseif(path STREQUAL "/index.html")
    set(path "/")
  endif()
  list(APPEND paths "${path}")
  write_served(${name})
  file(READ "${OUT}.served" hex HEX)
  hex_array(kPlain${i} "${hex}")
  set(packed "{}")
  if(NOT extension STREQUAL "png")  # which is packed already
    pack(kPacked${i})
    set(packed "kPacked${i}")
  endif()
  file(SHA256 "${FOLDER}/${name}" hash)
  string(APPEND hashes "${name} ${hash}\n")
  string(SUBSTRING "${hash}" 0 16 tag)
  string(APPEND rows "    {\"${path}\", \"${language}\", \"${type_${extension}}\", \"\\\"${tag}\\\"\",\n"
    "     kPlain${i}, ${packed}},\n")
  math(EXPR i "${i} + 1")
endforeach()
# The list of words is not embedded here, but the relay serves it: another list is another version.
file(SHA256 "${FOLDER}/../seal/words.cpp" hash)
string(APPEND hashes "words.txt ${hash}\n")

# By the version a phone, or a person, sees whether it has the newest page. Then follows what to fetch.
string(SHA256 version "${hashes}")
string(SUBSTRING "${version}" 0 16 version)
list(REMOVE_DUPLICATES paths)
list(JOIN paths "\n" paths)
string(HEX "${version}\n${paths}\n" hex)
hex_array(kVersion "${hex}")
file(WRITE "${OUT}.served" "${version}\n${paths}\n")
pack(kPackedVersion)
file(REMOVE "${OUT}.gz" "${OUT}.served")
string(APPEND rows
  "    {\"/version\", \"\", \"text/plain; charset=utf-8\", \"\\\"${version}\\\"\", kVersion,\n     kPackedVersion},\n")

file(WRITE "${OUT}" "// Written by lib/relay/embed.cmake from lib/relay/page and lib/relay/language.
#include \"relay/page.h\"

namespace tocsin::relay {

namespace {

${arrays}
constexpr PageFile kFiles[] = {
${rows}};

}  // namespace

std::span<const PageFile> page_files() noexcept { return kFiles; }

}  // namespace tocsin::relay
")
