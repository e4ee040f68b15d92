/**
 * A certificate for db.example.com that signs itself, valid for a hundred years, with its key. Nothing trusts it. Made by
 * openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=db.example.com
 *   -addext subjectAltName=DNS:db.example.com
 */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBozCCAUqgAwIBAgIUMB/+2+KWVUONs6YSrXxywcJWaeowCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwOZGIuZXhhbXBsZS5jb20wIBcNMjYxMTMwMDI1OTA0WhgPMjEy
NjExMDYwMjU5MDRaMBkxFzAVBgNVBAMMDmRiLmV4YW1wbGUuY29tMFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAEE5ugVIlG+hmV0tMYAiqvCO4oKdqV6UBNYC2hBSne
E9oE7G4KRV2wELsCLhRh766GKDnIPAXn11Vzz8pYMB17BqNuMGwwHQYDVR0OBBYE
FNtTT+JYOfWqX9IzDVTN7WIY8u2dMB8GA1UdIwQYMBaAFNtTT+JYOfWqX9IzDVTN
7WIY8u2dMA8GA1UdEwEB/wQFMAMBAf8wGQYDVR0RBBIwEIIOZGIuZXhhbXBsZS5j
b20wCgYIKoZIzj0EAwIDRwAwRAIgDNRRazQS89yluwUMYhOL1x9Ry9HMpcPZWg+H
YqlBnk0CIB1apjo7HtcA03WuCvugR/HhV7+sKhMVgzWHcJnituEb
-----END CERTIFICATE-----
`

export const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgFReOom84Jawn9DA9
W0weTzeGvdTmeFpG8uoHJ1+ICTqhRANCAAQTm6BUiUb6GZXS0xgCKq8I7igp2pXp
QE1gLaEFKd4T2gTsbgpFXbAQuwIuFGHvroYoOcg8BefXVXPPylgwHXsG
-----END PRIVATE KEY-----
`
