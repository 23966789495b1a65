"""google-auth without credentials, with broken ones, and with a token endpoint that refuses."""

import json
import logging
import os

import google.auth
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import _cloud_sdk
from google.auth.exceptions import DefaultCredentialsError
from google.auth.transport.requests import Request
from google.cloud import storage
from google.oauth2 import credentials, service_account

from loopback import serve
from recorder import case, main

HOST = "oauth2.googleapis.com"


@case("permission-denied/fatal/auth-no-default-credentials", "DefaultCredentialsError, not caught")
def run():
    google.auth.default()


@case("permission-denied/fatal/auth-storage-client", "a client that finds no credentials")
def run():
    storage.Client("demo").get_bucket("arr-staging")


@case(
    "permission-denied/fatal/auth-no-default-credentials-logged",
    "DefaultCredentialsError at ERROR, then the end",
)
def run():
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    try:
        google.auth.default()
    except DefaultCredentialsError as error:
        logging.error("cannot authenticate: %s", error)
        raise SystemExit(1)


@case(
    "permission-denied/fatal/auth-key-file-missing",
    "GOOGLE_APPLICATION_CREDENTIALS names no file",
    GOOGLE_APPLICATION_CREDENTIALS="/secrets/key.json",
)
def run():
    google.auth.default()


@case(
    "permission-denied/fatal/auth-refresh-invalid-grant", "a refresh token that was revoked", HOST
)
def run():
    body = {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
    url = serve((400, json.dumps(body))) + "/token"
    credentials.Credentials(
        None, refresh_token="x", token_uri=url, client_id="x", client_secret="x"
    ).refresh(Request())


@case("permission-denied/fatal/auth-invalid-jwt", "a service account's key that was deleted", HOST)
def run():
    body = {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
    url = serve((400, json.dumps(body))) + "/token"
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    info = {
        "type": "service_account",
        "client_email": "trainer@demo.iam.gserviceaccount.com",
        "private_key": pem.decode(),
        "token_uri": url,
    }
    service_account.Credentials.from_service_account_info(info, scopes=["x"]).refresh(Request())


@case(
    "permission-denied/healthy/auth-falls-back",
    "no credentials: the program says that it works without",
)
def run():
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    try:
        google.auth.default()
    except DefaultCredentialsError as error:
        logging.info("no Google credentials, artifacts stay local (%s)", type(error).__name__)
    logging.info("epoch 1 loss 0.69")


@case(
    "quota/healthy/auth-end-user-warning",
    "the famous warning that one might receive a quota exceeded error",
)
def run():
    key = {
        "type": "authorized_user",
        "client_id": _cloud_sdk.CLOUD_SDK_CLIENT_ID,
        "client_secret": "x",
        "refresh_token": "x",
    }
    with open("adc.json", "w", encoding="utf-8") as file:
        json.dump(key, file)
    os.environ["GOOGLE_APPLICATION_CREDENTIALS"] = "adc.json"
    os.environ["GOOGLE_CLOUD_PROJECT"] = "demo"
    google.auth.default()
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    logging.info("uploading 3 files")
    logging.info("done")


main("google-auth", "google-cloud-storage")
