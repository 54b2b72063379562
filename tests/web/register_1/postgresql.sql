SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE FUNCTION public.register_only_grows() RETURNS trigger
    LANGUAGE plpgsql
    AS $$BEGIN RAISE EXCEPTION 'the register only grows'; END$$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.entries (
    number integer NOT NULL,
    at character varying(40) NOT NULL,
    person text NOT NULL,
    act character varying(80) NOT NULL,
    tender character varying(80) NOT NULL,
    details text NOT NULL,
    before character varying(64) NOT NULL,
    hash character varying(64) NOT NULL
);
CREATE TABLE public.register_state (
    version integer NOT NULL
);
INSERT INTO public.entries VALUES (1, '2026-10-01T08:00:00.000+00:00', 'anna@city.example', 'interest', 'turku', '{"kind": "none", "reason": ""}', '0000000000000000000000000000000000000000000000000000000000000000', '0147f52f6eb6c79b5a793dff59c85097feef87538f5a721395e2db7636930fa7');
INSERT INTO public.entries VALUES (2, '2026-10-01T08:01:00.007+00:00', 'anna@city.example', 'purchase', 'turku', '{"file": "purchase.yaml", "sha256": "abababababababababababababababababababababababababababababababab"}', '0147f52f6eb6c79b5a793dff59c85097feef87538f5a721395e2db7636930fa7', '783a39e53874fd53f3d9a09f07d5e14c5b60b596816928a3e4f55db2ee311d9a');
INSERT INTO public.entries VALUES (3, '2026-10-01T08:02:00.014+00:00', 'Бо@city.example', 'interest', 'turku', '{"kind": "some", "reason": "Veljeni myy “päästöjä”; 100 %\nja \\ ''; --"}', '783a39e53874fd53f3d9a09f07d5e14c5b60b596816928a3e4f55db2ee311d9a', 'b903d1dcbc0a167a574ce3486d9bfea69eed6450575809c38fbf185b8454c8db');
INSERT INTO public.entries VALUES (4, '2026-10-01T08:03:00.021+00:00', 'anna@city.example', 'signed', 'turku', '{"content": "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd", "subject": "turku", "what": "award"}', 'b903d1dcbc0a167a574ce3486d9bfea69eed6450575809c38fbf185b8454c8db', '590586ac52c00ba84f1d5765cf1338461155ee720827ce5290dbada793545acc');
INSERT INTO public.entries VALUES (5, '2026-10-01T08:04:00.028+00:00', 'bo@city.example', 'signed', 'turku', '{"content": "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd", "subject": "turku", "what": "award"}', '590586ac52c00ba84f1d5765cf1338461155ee720827ce5290dbada793545acc', 'bb9b79e83ca0cf1f5c69bd6d3732ae64f44a4338aaaeaeb8b902fbb9d7691825');
INSERT INTO public.entries VALUES (6, '2026-10-01T08:05:00.035+00:00', 'bo@city.example', 'seconded', 'turku', '{"content": "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd", "first": "anna@city.example", "subject": "turku", "what": "award"}', 'bb9b79e83ca0cf1f5c69bd6d3732ae64f44a4338aaaeaeb8b902fbb9d7691825', '568849aae71b92f7886802ce099f470fe2c30035f6ba7ba8d99964d33d1d96de');
INSERT INTO public.entries VALUES (7, '2026-10-01T08:06:00.042+00:00', 'carla', 'rules', '', '{}', '568849aae71b92f7886802ce099f470fe2c30035f6ba7ba8d99964d33d1d96de', '3248044fa4e3a75ca64706f46b19b60101c67b52e7d25ce0c81f31e3f4de3719');
INSERT INTO public.register_state VALUES (1);
ALTER TABLE ONLY public.entries
    ADD CONSTRAINT entries_pkey PRIMARY KEY (number);
CREATE INDEX ix_entries_act ON public.entries USING btree (act);
CREATE INDEX ix_entries_tender ON public.entries USING btree (tender);
CREATE TRIGGER entries_only_grow BEFORE DELETE OR UPDATE OR TRUNCATE ON public.entries FOR EACH STATEMENT EXECUTE FUNCTION public.register_only_grows();
