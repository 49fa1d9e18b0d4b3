/** Made by `npm run api` from the API itself. Do not edit. */
export interface paths {
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get Me */
        get: operations["prahari_desks_accounts_api_get_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Patch Me */
        patch: operations["prahari_desks_accounts_api_patch_me"];
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change Password */
        post: operations["prahari_desks_accounts_api_change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/centre": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get Centre */
        get: operations["prahari_desks_accounts_api_get_centre"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/event-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Event Token
         * @description Leave to listen to events; ends with the session and with the first grant that ends.
         */
        post: operations["prahari_desks_accounts_api_event_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jurisdictions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Jurisdictions */
        get: operations["prahari_desks_accounts_api_list_jurisdictions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jurisdictions/boundaries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Boundaries */
        get: operations["prahari_desks_accounts_api_list_boundaries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Users */
        get: operations["prahari_desks_accounts_api_list_users"];
        put?: never;
        /** Create User */
        post: operations["prahari_desks_accounts_api_create_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get User */
        get: operations["prahari_desks_accounts_api_get_user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Patch User */
        patch: operations["prahari_desks_accounts_api_patch_user"];
        trace?: never;
    };
    "/api/v1/users/{user_id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** User History */
        get: operations["prahari_desks_accounts_api_user_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give Role */
        post: operations["prahari_desks_accounts_api_give_role"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}/grants/{grant_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take Role */
        delete: operations["prahari_desks_accounts_api_take_role"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reset Password */
        post: operations["prahari_desks_accounts_api_reset_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Roles */
        get: operations["prahari_desks_accounts_api_list_roles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agencies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Agencies */
        get: operations["prahari_desks_accounts_api_list_agencies"];
        put?: never;
        /** Create Agency */
        post: operations["prahari_desks_accounts_api_create_agency"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agencies/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Patch Agency */
        patch: operations["prahari_desks_accounts_api_patch_agency"];
        trace?: never;
    };
    "/api/v1/security-policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get Policy */
        get: operations["prahari_desks_accounts_api_get_policy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Patch Policy */
        patch: operations["prahari_desks_accounts_api_patch_policy"];
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Audit */
        get: operations["prahari_desks_audit_api_list_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Cameras */
        get: operations["prahari_desks_registry_api_cameras_list_cameras"];
        put?: never;
        /** Create Camera */
        post: operations["prahari_desks_registry_api_cameras_create_camera"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Camera Map */
        get: operations["prahari_desks_registry_api_cameras_camera_map"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Camera Counts */
        get: operations["prahari_desks_registry_api_cameras_camera_counts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Cameras
         * @description A file with every camera that the same filters list.
         */
        get: operations["prahari_desks_registry_api_cameras_export_cameras"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{camera_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get Camera */
        get: operations["prahari_desks_registry_api_cameras_get_camera"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Edit Camera */
        patch: operations["prahari_desks_registry_api_cameras_edit_camera"];
        trace?: never;
    };
    "/api/v1/cameras/{camera_id}/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Retire Camera */
        post: operations["prahari_desks_registry_api_cameras_retire_camera"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{camera_id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Camera History */
        get: operations["prahari_desks_registry_api_cameras_camera_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{camera_id}/status-history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Camera Status History */
        get: operations["prahari_desks_registry_api_cameras_camera_status_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search Everything
         * @description Cameras, premises and places, however their names are typed.
         */
        get: operations["prahari_desks_registry_api_cameras_search_everything"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/premises": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Premises */
        get: operations["prahari_desks_registry_api_places_list_premises"];
        put?: never;
        /** Create Premises */
        post: operations["prahari_desks_registry_api_places_create_premises"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/premises/{premises_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get Premises */
        get: operations["prahari_desks_registry_api_places_get_premises"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Edit Premises */
        patch: operations["prahari_desks_registry_api_places_edit_premises"];
        trace?: never;
    };
    "/api/v1/sites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Sites */
        get: operations["prahari_desks_registry_api_places_list_sites"];
        put?: never;
        /** Create Site */
        post: operations["prahari_desks_registry_api_places_create_site"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{site_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Edit Site */
        patch: operations["prahari_desks_registry_api_places_edit_site"];
        trace?: never;
    };
    "/api/v1/departments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Departments */
        get: operations["prahari_desks_registry_api_lookups_list_departments"];
        put?: never;
        /** Create Department */
        post: operations["prahari_desks_registry_api_lookups_create_department"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/departments/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Edit Department */
        patch: operations["prahari_desks_registry_api_lookups_edit_department"];
        trace?: never;
    };
    "/api/v1/owner-classes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Owner Classes */
        get: operations["prahari_desks_registry_api_lookups_list_owner_classes"];
        put?: never;
        /** Create Owner Class */
        post: operations["prahari_desks_registry_api_lookups_create_owner_class"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/owner-classes/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Edit Owner Class */
        patch: operations["prahari_desks_registry_api_lookups_edit_owner_class"];
        trace?: never;
    };
    "/api/v1/place-classes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Place Classes */
        get: operations["prahari_desks_registry_api_lookups_list_place_classes"];
        put?: never;
        /** Create Place Class */
        post: operations["prahari_desks_registry_api_lookups_create_place_class"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/place-classes/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Edit Place Class */
        patch: operations["prahari_desks_registry_api_lookups_edit_place_class"];
        trace?: never;
    };
    "/api/v1/retention-classes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Retention Classes */
        get: operations["prahari_desks_registry_api_lookups_list_retention_classes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{camera_id}/permits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Camera Permits */
        get: operations["prahari_desks_linking_api_camera_permits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{camera_id}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give Consent */
        post: operations["prahari_desks_linking_api_give_consent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/consents/{consent_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw Consent */
        post: operations["prahari_desks_linking_api_withdraw_consent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Orders */
        get: operations["prahari_desks_linking_api_list_orders"];
        put?: never;
        /** Enter Order */
        post: operations["prahari_desks_linking_api_enter_order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{order_id}/cameras": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Name Cameras */
        post: operations["prahari_desks_linking_api_name_cameras"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{order_id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke Order */
        post: operations["prahari_desks_linking_api_revoke_order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{camera_id}/media-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Media Token
         * @description Leave to use one camera's media for two minutes; the console asks again for the next connection.
         */
        post: operations["prahari_desks_linking_api_media_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Media Tokens */
        post: operations["prahari_desks_linking_api_media_tokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/camera-tests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try Address */
        post: operations["prahari_desks_linking_api_try_address"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/camera-discovery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Discover */
        post: operations["prahari_desks_linking_api_discover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Centre Health */
        get: operations["prahari_desks_linking_api_centre_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/wall-layouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Layouts */
        get: operations["prahari_desks_wall_api_list_layouts"];
        put?: never;
        /** Create Layout */
        post: operations["prahari_desks_wall_api_create_layout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/wall-layouts/{layout_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete Layout */
        delete: operations["prahari_desks_wall_api_delete_layout"];
        options?: never;
        head?: never;
        /** Edit Layout */
        patch: operations["prahari_desks_wall_api_edit_layout"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Bilingual */
        Bilingual: {
            /** En */
            en: string;
            /** Hi */
            hi: string;
        };
        /** GrantOut */
        GrantOut: {
            /** Id */
            id: string;
            role: components["schemas"]["Named"];
            agency: components["schemas"]["Named"] | null;
            jurisdiction: components["schemas"]["Place"];
            /** Valid To Ms */
            valid_to_ms: number | null;
        };
        /** Me */
        Me: {
            /** Id */
            id: string;
            /** Username */
            username: string;
            /** Name */
            name: string;
            /**
             * Language
             * @enum {string}
             */
            language: "hi" | "en";
            /** Must Change Password */
            must_change_password: boolean;
            /** Has Second Factor */
            has_second_factor: boolean;
            /** Requires Second Factor */
            requires_second_factor: boolean;
            /** Permissions */
            permissions: string[];
            /** Grants */
            grants: components["schemas"]["GrantOut"][];
        };
        /** Named */
        Named: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            name: components["schemas"]["Bilingual"];
        };
        /** Place */
        Place: {
            /** Path */
            path: string;
            name: components["schemas"]["Bilingual"];
            /** Level */
            level: string;
            /** Lon */
            lon: number | null;
            /** Lat */
            lat: number | null;
        };
        /**
         * ErrorOut
         * @description What every refused request answers.
         */
        ErrorOut: {
            /** Code */
            code: string;
            message: components["schemas"]["Bilingual"];
            /** Fields */
            fields?: {
                [key: string]: components["schemas"]["Bilingual"];
            } | null;
        };
        /** MeIn */
        MeIn: {
            /**
             * Language
             * @enum {string}
             */
            language: "hi" | "en";
        };
        /** PasswordIn */
        PasswordIn: {
            /** Current */
            current: string;
            /** New */
            new: string;
        };
        /** BaseMap */
        BaseMap: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "geojson" | "pmtiles" | "none";
            /** Url */
            url: string;
        };
        /**
         * CentreOut
         * @description Anonymous requests get `name` and `version` only.
         */
        CentreOut: {
            name: components["schemas"]["Bilingual"];
            /** Version */
            version: string;
            /** Code */
            code?: string | null;
            /** Centre */
            centre?: [
                number,
                number
            ] | null;
            /** Bounds */
            bounds?: number[] | null;
            basemap?: components["schemas"]["BaseMap"] | null;
            /** Events Origin */
            events_origin?: string | null;
            /** Media Origins */
            media_origins?: string[] | null;
            /** Demo */
            demo?: boolean | null;
            /** Now Ms */
            now_ms?: number | null;
        };
        /** EventToken */
        EventToken: {
            /** Url */
            url: string;
            /** Token */
            token: string;
            /** Expires Ms */
            expires_ms: number;
        };
        /** JurisdictionOut */
        JurisdictionOut: {
            /** Path */
            path: string;
            /** Level */
            level: string;
            name: components["schemas"]["Bilingual"];
            /** Lgd Code */
            lgd_code: string;
            /** Parent */
            parent: string | null;
            /** Has Boundary */
            has_boundary: boolean;
        };
        /** JurisdictionsOut */
        JurisdictionsOut: {
            /** Next */
            next: string | null;
            /** Total */
            total: number;
            /** As Of Ms */
            as_of_ms: number;
            /** Items */
            items: components["schemas"]["JurisdictionOut"][];
        };
        /** UserOut */
        UserOut: {
            /** Id */
            id: string;
            /** Username */
            username: string;
            /** Name */
            name: string;
            /**
             * Language
             * @enum {string}
             */
            language: "hi" | "en";
            /** Locked */
            locked: boolean;
            /** Must Change Password */
            must_change_password: boolean;
            /** Has Second Factor */
            has_second_factor: boolean;
            jurisdiction: components["schemas"]["Place"];
            agency: components["schemas"]["Named"] | null;
            /** Last Login Ms */
            last_login_ms: number | null;
            /** Created Ms */
            created_ms: number;
            /** Grants */
            grants: components["schemas"]["GrantOut"][];
        };
        /** UsersOut */
        UsersOut: {
            /** Next */
            next: string | null;
            /** Total */
            total: number;
            /** As Of Ms */
            as_of_ms: number;
            /** Items */
            items: components["schemas"]["UserOut"][];
        };
        /**
         * NewUser
         * @description `password` works once and is shown once.
         */
        NewUser: {
            user: components["schemas"]["UserOut"];
            /** Password */
            password: string;
        };
        /**
         * UserIn
         * @description `jurisdiction` and `agency` say who manages the account; without them, those of the one who enters it.
         */
        UserIn: {
            /** Username */
            username: string;
            /** Name */
            name: string;
            /**
             * Language
             * @default hi
             * @enum {string}
             */
            language: "hi" | "en";
            /** Jurisdiction */
            jurisdiction?: string | null;
            /** Agency */
            agency?: string | null;
            /**
             * Reason
             * @default
             */
            reason: string;
        };
        /** UserPatch */
        UserPatch: {
            /** Name */
            name?: string | null;
            /** Language */
            language?: ("hi" | "en") | null;
            /** Locked */
            locked?: boolean | null;
            /** Jurisdiction */
            jurisdiction?: string | null;
            /** Agency */
            agency?: string | null;
            /**
             * Reason
             * @default
             */
            reason: string;
        };
        /** Change */
        Change: {
            /** Field */
            field: string;
            /** Before */
            before?: unknown;
            /** After */
            after?: unknown;
        };
        /** HistoryItem */
        HistoryItem: {
            /** At Ms */
            at_ms: number;
            who: components["schemas"]["Who"];
            /** Action */
            action: string;
            /** Why */
            why: string;
            /** Changes */
            changes: components["schemas"]["Change"][];
        };
        /** HistoryOut */
        HistoryOut: {
            /** Items */
            items: components["schemas"]["HistoryItem"][];
        };
        /** Who */
        Who: {
            /** Id */
            id: string | null;
            /** Name */
            name: string;
        };
        /** GrantIn */
        GrantIn: {
            /** Role */
            role: string;
            /** Agency */
            agency?: string | null;
            /** Jurisdiction */
            jurisdiction: string;
            /** Valid To Ms */
            valid_to_ms?: number | null;
            /**
             * Reason
             * @default
             */
            reason: string;
        };
        /** OneTimePassword */
        OneTimePassword: {
            /** Password */
            password: string;
        };
        /**
         * ResetIn
         * @description `second_factor`: remove it as well, for somebody who lost the telephone.
         */
        ResetIn: {
            /**
             * Second Factor
             * @default false
             */
            second_factor: boolean;
            /**
             * Reason
             * @default
             */
            reason: string;
        };
        /** RoleOut */
        RoleOut: {
            /** Code */
            code: string;
            name: components["schemas"]["Bilingual"];
            /** Permissions */
            permissions: string[];
            /** Requires Second Factor */
            requires_second_factor: boolean;
        };
        /** RolesOut */
        RolesOut: {
            /** Next */
            next: string | null;
            /** Total */
            total: number;
            /** As Of Ms */
            as_of_ms: number;
            /** Items */
            items: components["schemas"]["RoleOut"][];
        };
        /** AgenciesOut */
        AgenciesOut: {
            /** Next */
            next: string | null;
            /** Total */
            total: number;
            /** As Of Ms */
            as_of_ms: number;
            /** Items */
            items: components["schemas"]["AgencyOut"][];
        };
        /** AgencyOut */
        AgencyOut: {
            /** Code */
            code: string;
            name: components["schemas"]["Bilingual"];
            /** Active */
            active: boolean;
        };
        /** AgencyIn */
        AgencyIn: {
            /** Code */
            code: string;
            name: components["schemas"]["BilingualIn"];
        };
        /** BilingualIn */
        BilingualIn: {
            /** En */
            en: string;
            /** Hi */
            hi: string;
        };
        /** AgencyPatch */
        AgencyPatch: {
            name?: components["schemas"]["BilingualIn"] | null;
            /** Active */
            active?: boolean | null;
            /**
             * Reason
             * @default
             */
            reason: string;
        };
        /** PolicyOut */
        PolicyOut: {
            /** Session Idle Minutes */
            session_idle_minutes: number;
            /** Session Hours */
            session_hours: number;
            /**
             * Second Factor
             * @enum {string}
             */
            second_factor: "never" | "off_loopback" | "always";
        };
        /** PolicyPatch */
        PolicyPatch: {
            /** Session Idle Minutes */
            session_idle_minutes?: number | null;
            /** Session Hours */
            session_hours?: number | null;
            /** Second Factor */
            second_factor?: ("never" | "off_loopback" | "always") | null;
            /**
             * Reason
             * @default
             */
            reason: string;
        };
        /** AuditOut */
        AuditOut: {
            /** Id */
            id: string;
            /** Sequence */
            sequence: number;
            /** At Ms */
            at_ms: number;
            actor: components["schemas"]["Who"];
            /** Action */
            action: string;
            /** Object Type */
            object_type: string;
            /** Object Id */
            object_id: string;
            /** Object Name */
            object_name: string;
            /** Reason */
            reason: string;
            /** Details */
            details: {
                [key: string]: unknown;
            };
            /** Ip */
            ip: string | null;
        };
        /** AuditsOut */
        AuditsOut: {
            /** Next */
            next: string | null;
            /** Total */
            total: number;
            /** As Of Ms */
            as_of_ms: number;
            /** Items */
            items: components["schemas"]["AuditOut"][];
        };
        /**
         * CameraFilters
         * @description Several values of one filter are joined by commas.
         */
        CameraFilters: {
            /**
             * Q
             * @description Words of name, premises, number, however spelt
             * @default
             */
            q: string;
            /**
             * Status
             * @description live, stalled, offline, no_consent, unknown
             * @default
             */
            status: string;
            /**
             * Owner Class
             * @description Codes
             * @default
             */
            owner_class: string;
            /**
             * Department
             * @description Codes
             * @default
             */
            department: string;
            /**
             * Agency
             * @description Codes
             * @default
             */
            agency: string;
            /**
             * Jurisdiction
             * @description Path; everything below it too
             * @default
             */
            jurisdiction: string;
            /**
             * Ward
             * @description Paths
             * @default
             */
            ward: string;
            /**
             * Kind
             * @default
             */
            kind: string;
            /**
             * Placement
             * @default
             */
            placement: string;
            /** Recorded */
            recorded?: boolean | null;
            /**
             * Site
             * @description Ids
             * @default
             */
            site: string;
            /**
             * Premises
             * @description Ids
             * @default
             */
            premises: string;
            /**
             * Bbox
             * @description west,south,east,north in degrees
             * @default
             */
            bbox: string;
        };
        /** Area */
        Area: {
            /** Path */
            path: string;
            name: components["schemas"]["Bilingual"];
        };
        /** CameraPage */
        CameraPage: {
            /** Next */
            next: string | null;
            /** Total */
            total: number;
            /** As Of Ms */
            as_of_ms: number;
            /** Items */
            items: components["schemas"]["CameraRow"][];
        };
        /** CameraRow */
        CameraRow: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Reg Id */
            reg_id: string;
            name: components["schemas"]["Bilingual"];
            /**
             * Status
             * @enum {string}
             */
            status: "live" | "stalled" | "offline" | "no_consent" | "unknown";
            /** Reason */
            reason: string;
            /** Status Since Ms */
            status_since_ms: number | null;
            /** Proved At Ms */
            proved_at_ms: number | null;
            /** Recorded */
            recorded: boolean;
            /** Recording */
            recording: boolean;
            /** Watchers */
            watchers: number;
            /**
             * Kind
             * @enum {string}
             */
            kind: "fixed" | "ptz" | "anpr" | "red_light" | "speed" | "classification" | "analogue_dvr";
            /**
             * Placement
             * @enum {string}
             */
            placement: "entry" | "exit" | "road_side" | "public_area" | "other";
            owner_class: components["schemas"]["Coded"];
            place_class: components["schemas"]["Coded"] | null;
            department: components["schemas"]["Coded"];
            agency: components["schemas"]["Coded"];
            jurisdiction: components["schemas"]["Area"];
            ward: components["schemas"]["Area"] | null;
            premises: components["schemas"]["Named"];
            site: components["schemas"]["Named"] | null;
            /** Lat */
            lat: number;
            /** Lon */
            lon: number;
            /** Bearing Deg */
            bearing_deg: number | null;
            /** Fov Deg */
            fov_deg: number | null;
        };
        /** Coded */
        Coded: {
            /** Code */
            code: string;
            name: components["schemas"]["Bilingual"];
        };
        /** CameraDetail */
        CameraDetail: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Reg Id */
            reg_id: string;
            name: components["schemas"]["Bilingual"];
            /**
             * Status
             * @enum {string}
             */
            status: "live" | "stalled" | "offline" | "no_consent" | "unknown";
            /** Reason */
            reason: string;
            /** Status Since Ms */
            status_since_ms: number | null;
            /** Proved At Ms */
            proved_at_ms: number | null;
            /** Recorded */
            recorded: boolean;
            /** Recording */
            recording: boolean;
            /** Watchers */
            watchers: number;
            /**
             * Kind
             * @enum {string}
             */
            kind: "fixed" | "ptz" | "anpr" | "red_light" | "speed" | "classification" | "analogue_dvr";
            /**
             * Placement
             * @enum {string}
             */
            placement: "entry" | "exit" | "road_side" | "public_area" | "other";
            owner_class: components["schemas"]["Coded"];
            place_class: components["schemas"]["Coded"] | null;
            department: components["schemas"]["Coded"];
            agency: components["schemas"]["Coded"];
            jurisdiction: components["schemas"]["Area"];
            ward: components["schemas"]["Area"] | null;
            premises: components["schemas"]["Named"];
            site: components["schemas"]["Named"] | null;
            /** Lat */
            lat: number;
            /** Lon */
            lon: number;
            /** Bearing Deg */
            bearing_deg: number | null;
            /** Fov Deg */
            fov_deg: number | null;
            /** Detail */
            detail: string;
            video: components["schemas"]["Video"] | null;
            /** Make */
            make: string;
            /** Model */
            model: string;
            /** Serial Number */
            serial_number: string;
            /** Firmware Hash */
            firmware_hash: string;
            /** Certificate Number */
            certificate_number: string;
            /** Onvif Profiles */
            onvif_profiles: string;
            /** Link Type */
            link_type: string;
            /** Ip Based */
            ip_based: boolean;
            /** Audio */
            audio: boolean;
            /** Cost Borne By */
            cost_borne_by: string;
            /** Local Retention Days */
            local_retention_days: number | null;
            /** Nodal Officer */
            nodal_officer: string | null;
            /** Source List */
            source_list: string;
            /** Source Row */
            source_row: number | null;
            /** Retention Days */
            retention_days: number;
            /** Retention Class */
            retention_class: string | null;
            /** Url */
            url: string;
            /** Sub Url */
            sub_url: string;
            /** Has Credentials */
            has_credentials: boolean;
            /**
             * Transport
             * @enum {string}
             */
            transport: "tcp" | "udp";
            /**
             * Record Mode
             * @enum {string}
             */
            record_mode: "continuous" | "none";
            /** Probe Period S */
            probe_period_s: number;
            permit: components["schemas"]["PermitOut"] | null;
            /** Public */
            public: boolean;
            /** Retired Ms */
            retired_ms: number | null;
            /** Nearby */
            nearby: components["schemas"]["CameraRow"][];
            /** Created Ms */
            created_ms: number;
            /** Edited Ms */
            edited_ms: number;
        };
        /** PermitOut */
        PermitOut: {
            /**
             * Basis
             * @enum {string}
             */
            basis: "consent" | "order";
            /**
             * Basis Id
             * Format: uuid
             */
            basis_id: string;
            /** Title */
            title: string;
            /** Document */
            document: string;
            /** From Ms */
            from_ms: number;
            /** To Ms */
            to_ms: number | null;
            scope: components["schemas"]["PermitScope"];
            /**
             * State
             * @enum {string}
             */
            state: "stands" | "not_yet" | "ended" | "withdrawn" | "revoked";
            /** Reason */
            reason: string;
        };
        /** PermitScope */
        PermitScope: {
            /** Live */
            live: boolean;
            /** Record */
            record: boolean;
            /** Hours */
            hours: [
                number,
                number
            ][];
        };
        /** Video */
        Video: {
            /**
             * Codec
             * @default
             */
            codec: string;
            /**
             * Width
             * @default 0
             */
            width: number;
            /**
             * Height
             * @default 0
             */
            height: number;
            /**
             * Fps
             * @default 0
             */
            fps: number;
            /**
             * Kbit S
             * @default 0
             */
            kbit_s: number;
        };
        /** BothNames */
        BothNames: {
            /** En */
            en: string;
            /** Hi */
            hi: string;
        };
        /** CameraIn */
        CameraIn: {
            /** Site */
            site?: string | null;
            /**
             * Owner Class
             * @description Left out: as its premises
             */
            owner_class?: string | null;
            /** Place Class */
            place_class?: string | null;
            /**
             * Department
             * @description Left out: as its premises
             */
            department?: string | null;
            /**
             * Jurisdiction
             * @description Path; left out: as its premises
             */
            jurisdiction?: string | null;
            /** Ward */
            ward?: string | null;
            /** Bearing Deg */
            bearing_deg?: number | null;
            /** Fov Deg */
            fov_deg?: number | null;
            /**
             * Url
             * @default
             */
            url: string;
            /**
             * Sub Url
             * @default
             */
            sub_url: string;
            /** Username */
            username?: string | null;
            /** Password */
            password?: string | null;
            /**
             * Transport
             * @default tcp
             * @enum {string}
             */
            transport: "tcp" | "udp";
            /**
             * Record Mode
             * @default none
             * @enum {string}
             */
            record_mode: "continuous" | "none";
            /**
             * Probe Period S
             * @default 300
             */
            probe_period_s: number;
            /** Retention Class */
            retention_class?: string | null;
            /** Local Retention Days */
            local_retention_days?: number | null;
            /**
             * Ip Based
             * @default true
             */
            ip_based: boolean;
            /**
             * Make
             * @default
             */
            make: string;
            /**
             * Model
             * @default
             */
            model: string;
            /**
             * Serial Number
             * @default
             */
            serial_number: string;
            /**
             * Firmware Hash
             * @default
             */
            firmware_hash: string;
            /**
             * Certificate Number
             * @default
             */
            certificate_number: string;
            /**
             * Onvif Profiles
             * @default
             */
            onvif_profiles: string;
            /**
             * Link Type
             * @default
             * @enum {string}
             */
            link_type: "" | "fibre" | "broadband" | "mobile" | "radio" | "local";
            /**
             * Cost Borne By
             * @default
             * @enum {string}
             */
            cost_borne_by: "" | "owner" | "department" | "scheme";
            /**
             * Audio
             * @default false
             */
            audio: boolean;
            /**
             * Source List
             * @default
             */
            source_list: string;
            /** Source Row */
            source_row?: number | null;
            /**
             * Reg Id
             * @description Left out: numbered here
             */
            reg_id?: string | null;
            name: components["schemas"]["BothNames"];
            /**
             * Premises
             * Format: uuid
             */
            premises: string;
            /**
             * Placement
             * @enum {string}
             */
            placement: "entry" | "exit" | "road_side" | "public_area" | "other";
            /**
             * Kind
             * @enum {string}
             */
            kind: "fixed" | "ptz" | "anpr" | "red_light" | "speed" | "classification" | "analogue_dvr";
            /** Lat */
            lat: number;
            /** Lon */
            lon: number;
            /**
             * Order Id
             * @description For a camera of a public owner: the order that names it
             */
            order_id?: string | null;
            /**
             * Reason
             * @default
             */
            reason: string;
        };
        /** ByStatus */
        ByStatus: {
            /** Live */
            live: number;
            /** Stalled */
            stalled: number;
            /** Offline */
            offline: number;
            /** No Consent */
            no_consent: number;
            /** Unknown */
            unknown: number;
        };
        /** Cluster */
        Cluster: {
            /** Lon */
            lon: number;
            /** Lat */
            lat: number;
            /** Count */
            count: number;
            by_status: components["schemas"]["ByStatus"];
        };
        /** MapCamera */
        MapCamera: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Reg Id */
            reg_id: string;
            name: components["schemas"]["Bilingual"];
            /** Lon */
            lon: number;
            /** Lat */
            lat: number;
            /**
             * Status
             * @enum {string}
             */
            status: "live" | "stalled" | "offline" | "no_consent" | "unknown";
            /** Recorded */
            recorded: boolean;
            /**
             * Kind
             * @enum {string}
             */
            kind: "fixed" | "ptz" | "anpr" | "red_light" | "speed" | "classification" | "analogue_dvr";
            /** Bearing Deg */
            bearing_deg: number | null;
            /** Fov Deg */
            fov_deg: number | null;
            /** Owner Class */
            owner_class: string;
        };
        /** MapView */
        MapView: {
            /** Cameras */
            cameras: components["schemas"]["MapCamera"][];
            /** Clusters */
            clusters: components["schemas"]["Cluster"][];
            /** As Of Ms */
            as_of_ms: number;
        };
        /** AreaTally */
        AreaTally: {
            /** Live */
            live: number;
            /** Stalled */
            stalled: number;
            /** Offline */
            offline: number;
            /** No Consent */
            no_consent: number;
            /** Unknown */
            unknown: number;
            /** Linked */
            linked: number;
            /** Recorded */
            recorded: number;
            /** Recording */
            recording: number;
            /** Path */
            path: string;
            name: components["schemas"]["Bilingual"];
        };
        /** CodedTally */
        CodedTally: {
            /** Live */
            live: number;
            /** Stalled */
            stalled: number;
            /** Offline */
            offline: number;
            /** No Consent */
            no_consent: number;
            /** Unknown */
            unknown: number;
            /** Linked */
            linked: number;
            /** Recorded */
            recorded: number;
            /** Recording */
            recording: number;
            /** Code */
            code: string;
            name: components["schemas"]["Bilingual"];
        };
        /** Counts */
        Counts: {
            /** Live */
            live: number;
            /** Stalled */
            stalled: number;
            /** Offline */
            offline: number;
            /** No Consent */
            no_consent: number;
            /** Unknown */
            unknown: number;
            /** Linked */
            linked: number;
            /** Recorded */
            recorded: number;
            /** Recording */
            recording: number;
            /** As Of Ms */
            as_of_ms: number;
            /** By Owner Class */
            by_owner_class: components["schemas"]["CodedTally"][];
            /** By Department */
            by_department: components["schemas"]["CodedTally"][];
            /** By Police Station */
            by_police_station: components["schemas"]["AreaTally"][];
        };
        /**
         * CameraEdit
         * @description Only what is sent is changed. `username` and `password` together; both "" remove them.
         */
        CameraEdit: {
            /** Site */
            site?: string | null;
            /**
             * Owner Class
             * @description Left out: as its premises
             */
            owner_class?: string | null;
            /** Place Class */
            place_class?: string | null;
            /**
             * Department
             * @description Left out: as its premises
             */
            department?: string | null;
            /**
             * Jurisdiction
             * @description Path; left out: as its premises
             */
            jurisdiction?: string | null;
            /** Ward */
            ward?: string | null;
            /** Bearing Deg */
            bearing_deg?: number | null;
            /** Fov Deg */
            fov_deg?: number | null;
            /**
             * Url
             * @default
             */
            url: string;
            /**
             * Sub Url
             * @default
             */
            sub_url: string;
            /** Username */
            username?: string | null;
            /** Password */
            password?: string | null;
            /**
             * Transport
             * @default tcp
             * @enum {string}
             */
            transport: "tcp" | "udp";
            /**
             * Record Mode
             * @default none
             * @enum {string}
             */
            record_mode: "continuous" | "none";
            /**
             * Probe Period S
             * @default 300
             */
            probe_period_s: number;
            /** Retention Class */
            retention_class?: string | null;
            /** Local Retention Days */
            local_retention_days?: number | null;
            /**
             * Ip Based
             * @default true
             */
            ip_based: boolean;
            /**
             * Make
             * @default
             */
            make: string;
            /**
             * Model
             * @default
             */
            model: string;
            /**
             * Serial Number
             * @default
             */
            serial_number: string;
            /**
             * Firmware Hash
             * @default
             */
            firmware_hash: string;
            /**
             * Certificate Number
             * @default
             */
            certificate_number: string;
            /**
             * Onvif Profiles
             * @default
             */
            onvif_profiles: string;
            /**
             * Link Type
             * @default
             * @enum {string}
             */
            link_type: "" | "fibre" | "broadband" | "mobile" | "radio" | "local";
            /**
             * Cost Borne By
             * @default
             * @enum {string}
             */
            cost_borne_by: "" | "owner" | "department" | "scheme";
            /**
             * Audio
             * @default false
             */
            audio: boolean;
            /**
             * Source List
             * @default
             */
            source_list: string;
            /** Source Row */
            source_row?: number | null;
            name?: components["schemas"]["BothNames"] | null;
            /** Premises */
            premises?: string | null;
            /** Placement */
            placement?: ("entry" | "exit" | "road_side" | "public_area" | "other") | null;
            /** Kind */
            kind?: ("fixed" | "ptz" | "anpr" | "red_light" | "speed" | "classification" | "analogue_dvr") | null;
            /** Lat */
            lat?: number | null;
            /** Lon */
            lon?: number | null;
            /** Reason */
            reason: string;
            /**
             * Edited Ms
             * @description As read; when given and no longer so, the answer is 409
             */
            edited_ms?: number | null;
        };
        /** Why */
        Why: {
            /** Reason */
            reason: string;
        };
        /** History */
        History: {
            /** Items */
            items: components["schemas"]["HistoryItem"][];
        };
        /** StatusChange */
        StatusChange: {
            /** At Ms */
            at_ms: number;
            /**
             * Status
             * @enum {string}
             */
            status: "live" | "stalled" | "offline" | "no_consent" | "unknown";
            /** Reason */
            reason: string;
            /** Detail */
            detail: string;
        };
        /** StatusHistory */
        StatusHistory: {
            /** Items */
            items: components["schemas"]["StatusChange"][];
        };
        /** Coverage */
        Coverage: {
            /** Entry */
            entry: boolean;
            /** Exit */
            exit: boolean;
            /** Road Side */
            road_side: boolean;
            /** Public Area */
            public_area: boolean;
        };
        /** Found */
        Found: {
            /** Cameras */
            cameras: components["schemas"]["CameraRow"][];
            /** Premises */
            premises: components["schemas"]["PremisesRow"][];
            /** Places */
            places: components["schemas"]["Place"][];
        };
        /** PremisesRow */
        PremisesRow: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Code */
            code: string | null;
            name: components["schemas"]["Bilingual"];
            address: components["schemas"]["Bilingual"];
            owner_class: components["schemas"]["Coded"];
            place_class: components["schemas"]["Coded"] | null;
            department: components["schemas"]["Coded"];
            /** Agency */
            agency: string;
            jurisdiction: components["schemas"]["Area"];
            ward: components["schemas"]["Area"] | null;
            /** Lat */
            lat: number | null;
            /** Lon */
            lon: number | null;
            /** Cameras */
            cameras: number;
            coverage: components["schemas"]["Coverage"];
            /** Edited Ms */
            edited_ms: number;
        };
        /** PremisesPage */
        PremisesPage: {
            /** Next */
            next: string | null;
            /** Total */
            total: number;
            /** As Of Ms */
            as_of_ms: number;
            /** Items */
            items: components["schemas"]["PremisesRow"][];
        };
        /** ContactOut */
        ContactOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Role */
            role: string;
            /** Mobile */
            mobile: string;
        };
        /** PremisesDetail */
        PremisesDetail: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Code */
            code: string | null;
            name: components["schemas"]["Bilingual"];
            address: components["schemas"]["Bilingual"];
            owner_class: components["schemas"]["Coded"];
            place_class: components["schemas"]["Coded"] | null;
            department: components["schemas"]["Coded"];
            /** Agency */
            agency: string;
            jurisdiction: components["schemas"]["Area"];
            ward: components["schemas"]["Area"] | null;
            /** Lat */
            lat: number | null;
            /** Lon */
            lon: number | null;
            /** Cameras */
            cameras: number;
            coverage: components["schemas"]["Coverage"];
            /** Edited Ms */
            edited_ms: number;
            /** Contacts */
            contacts: components["schemas"]["ContactOut"][];
            /** Testimonial */
            testimonial: boolean;
            /** Source List */
            source_list: string;
            /** Source Row */
            source_row: number | null;
            /** Created Ms */
            created_ms: number;
        };
        /** ContactIn */
        ContactIn: {
            /** Name */
            name: string;
            /**
             * Role
             * @default
             */
            role: string;
            /**
             * Mobile
             * @default
             */
            mobile: string;
        };
        /** PremisesIn */
        PremisesIn: {
            /** Code */
            code?: string | null;
            address?: components["schemas"]["Bilingual"] | null;
            /** Place Class */
            place_class?: string | null;
            /** Ward */
            ward?: string | null;
            /** Lat */
            lat?: number | null;
            /** Lon */
            lon?: number | null;
            /** Contacts */
            contacts?: components["schemas"]["ContactIn"][] | null;
            /**
             * Testimonial
             * @default false
             */
            testimonial: boolean;
            /**
             * Source List
             * @default
             */
            source_list: string;
            /** Source Row */
            source_row?: number | null;
            name: components["schemas"]["BothNames"];
            /** Owner Class */
            owner_class: string;
            /** Department */
            department: string;
            /** Jurisdiction */
            jurisdiction: string;
            /**
             * Reason
             * @default
             */
            reason: string;
        };
        /** PremisesEdit */
        PremisesEdit: {
            /** Code */
            code?: string | null;
            address?: components["schemas"]["Bilingual"] | null;
            /** Place Class */
            place_class?: string | null;
            /** Ward */
            ward?: string | null;
            /** Lat */
            lat?: number | null;
            /** Lon */
            lon?: number | null;
            /** Contacts */
            contacts?: components["schemas"]["ContactIn"][] | null;
            /**
             * Testimonial
             * @default false
             */
            testimonial: boolean;
            /**
             * Source List
             * @default
             */
            source_list: string;
            /** Source Row */
            source_row?: number | null;
            name?: components["schemas"]["BothNames"] | null;
            /** Owner Class */
            owner_class?: string | null;
            /** Department */
            department?: string | null;
            /** Jurisdiction */
            jurisdiction?: string | null;
            /** Reason */
            reason: string;
            /** Edited Ms */
            edited_ms?: number | null;
        };
        /** SitePage */
        SitePage: {
            /** Next */
            next: string | null;
            /** Total */
            total: number;
            /** As Of Ms */
            as_of_ms: number;
            /** Items */
            items: components["schemas"]["SiteRow"][];
        };
        /** SiteRow */
        SiteRow: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            name: components["schemas"]["Bilingual"];
            /** Agency */
            agency: string;
            jurisdiction: components["schemas"]["Area"];
            /** Project */
            project: string;
            /** Planned Cameras */
            planned_cameras: number;
            /** Cameras */
            cameras: number;
            /** Lat */
            lat: number | null;
            /** Lon */
            lon: number | null;
            /** Edited Ms */
            edited_ms: number;
        };
        /** SiteIn */
        SiteIn: {
            /**
             * Project
             * @default
             */
            project: string;
            /**
             * Planned Cameras
             * @default 0
             */
            planned_cameras: number;
            /** Lat */
            lat?: number | null;
            /** Lon */
            lon?: number | null;
            name: components["schemas"]["BothNames"];
            /** Agency */
            agency: string;
            /** Jurisdiction */
            jurisdiction: string;
            /**
             * Reason
             * @default
             */
            reason: string;
        };
        /** SiteEdit */
        SiteEdit: {
            /**
             * Project
             * @default
             */
            project: string;
            /**
             * Planned Cameras
             * @default 0
             */
            planned_cameras: number;
            /** Lat */
            lat?: number | null;
            /** Lon */
            lon?: number | null;
            name?: components["schemas"]["BothNames"] | null;
            /** Jurisdiction */
            jurisdiction?: string | null;
            /** Reason */
            reason: string;
        };
        /** DepartmentRow */
        DepartmentRow: {
            /** Code */
            code: string;
            name: components["schemas"]["Bilingual"];
            /** Sort */
            sort: number;
            /** Active */
            active: boolean;
            /** Agency */
            agency: string;
        };
        /** Departments */
        Departments: {
            /** Next */
            next: string | null;
            /** Total */
            total: number;
            /** As Of Ms */
            as_of_ms: number;
            /** Items */
            items: components["schemas"]["DepartmentRow"][];
        };
        /** DepartmentIn */
        DepartmentIn: {
            /** Code */
            code: string;
            name: components["schemas"]["BothNames"];
            /**
             * Sort
             * @default 0
             */
            sort: number;
            /**
             * Active
             * @default true
             */
            active: boolean;
            /**
             * Reason
             * @default
             */
            reason: string;
            /** Agency */
            agency: string;
        };
        /** DepartmentEdit */
        DepartmentEdit: {
            name?: components["schemas"]["BothNames"] | null;
            /** Sort */
            sort?: number | null;
            /** Active */
            active?: boolean | null;
            /** Reason */
            reason: string;
            /** Agency */
            agency?: string | null;
        };
        /** OwnerClassRow */
        OwnerClassRow: {
            /** Code */
            code: string;
            name: components["schemas"]["Bilingual"];
            /** Sort */
            sort: number;
            /** Active */
            active: boolean;
            /** Public */
            public: boolean;
        };
        /** OwnerClasses */
        OwnerClasses: {
            /** Next */
            next: string | null;
            /** Total */
            total: number;
            /** As Of Ms */
            as_of_ms: number;
            /** Items */
            items: components["schemas"]["OwnerClassRow"][];
        };
        /** OwnerClassIn */
        OwnerClassIn: {
            /** Code */
            code: string;
            name: components["schemas"]["BothNames"];
            /**
             * Sort
             * @default 0
             */
            sort: number;
            /**
             * Active
             * @default true
             */
            active: boolean;
            /**
             * Reason
             * @default
             */
            reason: string;
            /** Public */
            public: boolean;
        };
        /** OwnerClassEdit */
        OwnerClassEdit: {
            name?: components["schemas"]["BothNames"] | null;
            /** Sort */
            sort?: number | null;
            /** Active */
            active?: boolean | null;
            /** Reason */
            reason: string;
            /** Public */
            public?: boolean | null;
        };
        /** PlaceClassRow */
        PlaceClassRow: {
            /** Code */
            code: string;
            name: components["schemas"]["Bilingual"];
            /** Sort */
            sort: number;
            /** Active */
            active: boolean;
            /** Retention Class */
            retention_class: string | null;
            /** Retention Days */
            retention_days: number | null;
        };
        /** PlaceClasses */
        PlaceClasses: {
            /** Next */
            next: string | null;
            /** Total */
            total: number;
            /** As Of Ms */
            as_of_ms: number;
            /** Items */
            items: components["schemas"]["PlaceClassRow"][];
        };
        /** PlaceClassIn */
        PlaceClassIn: {
            /** Code */
            code: string;
            name: components["schemas"]["BothNames"];
            /**
             * Sort
             * @default 0
             */
            sort: number;
            /**
             * Active
             * @default true
             */
            active: boolean;
            /**
             * Reason
             * @default
             */
            reason: string;
            /** Retention Class */
            retention_class?: string | null;
        };
        /** PlaceClassEdit */
        PlaceClassEdit: {
            name?: components["schemas"]["BothNames"] | null;
            /** Sort */
            sort?: number | null;
            /** Active */
            active?: boolean | null;
            /** Reason */
            reason: string;
            /** Retention Class */
            retention_class?: string | null;
        };
        /** RetentionClasses */
        RetentionClasses: {
            /** Next */
            next: string | null;
            /** Total */
            total: number;
            /** As Of Ms */
            as_of_ms: number;
            /** Items */
            items: components["schemas"]["RetentionRow"][];
        };
        /** RetentionRow */
        RetentionRow: {
            /** Code */
            code: string;
            name: components["schemas"]["Bilingual"];
            /** Sort */
            sort: number;
            /** Active */
            active: boolean;
            /** Policy */
            policy: string;
            /** Days */
            days: number;
            /**
             * Valid From
             * Format: date
             */
            valid_from: string;
            /** Source */
            source: string;
        };
        /** Permits */
        Permits: {
            /** Public */
            public: boolean;
            current: components["schemas"]["PermitOut"] | null;
            /** Items */
            items: components["schemas"]["PermitOut"][];
        };
        /** Made */
        Made: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
        };
        /** ConsentIn */
        ConsentIn: {
            /** Given By */
            given_by: string;
            /**
             * Given On
             * Format: date
             */
            given_on: string;
            /**
             * @default {
             *       "live": true,
             *       "record": true,
             *       "hours": []
             *     }
             */
            scope: components["schemas"]["ConsentScope"];
            /** Valid From Ms */
            valid_from_ms?: number | null;
            /** Valid To Ms */
            valid_to_ms?: number | null;
            /**
             * Document Note
             * @default
             */
            document_note: string;
        };
        /** ConsentScope */
        ConsentScope: {
            /**
             * Live
             * @default true
             */
            live: boolean;
            /**
             * Record
             * @default true
             */
            record: boolean;
            /**
             * Hours
             * @description Daily windows [from, to) in minutes after local midnight; empty: always
             */
            hours?: [
                number,
                number
            ][];
        };
        /** OrderPage */
        OrderPage: {
            /** Next */
            next: string | null;
            /** Total */
            total: number;
            /** As Of Ms */
            as_of_ms: number;
            /** Items */
            items: components["schemas"]["OrderRow"][];
        };
        /** OrderRow */
        OrderRow: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Authority */
            authority: string;
            /** Number */
            number: string;
            /**
             * Dated On
             * Format: date
             */
            dated_on: string;
            /** Title */
            title: string;
            department: components["schemas"]["Coded"];
            /** Valid From Ms */
            valid_from_ms: number;
            /** Valid To Ms */
            valid_to_ms: number | null;
            /** Document Note */
            document_note: string;
            /** Cameras */
            cameras: number;
            /** Revoked Ms */
            revoked_ms: number | null;
            /** Revoked Reason */
            revoked_reason: string;
            /**
             * State
             * @enum {string}
             */
            state: "stands" | "not_yet" | "ended" | "revoked";
        };
        /** OrderIn */
        OrderIn: {
            /** Authority */
            authority: string;
            /** Number */
            number: string;
            /**
             * Dated On
             * Format: date
             */
            dated_on: string;
            /** Title */
            title: string;
            /** Department */
            department: string;
            /** Valid From Ms */
            valid_from_ms?: number | null;
            /** Valid To Ms */
            valid_to_ms?: number | null;
            /**
             * Document Note
             * @default
             */
            document_note: string;
            /** Camera Ids */
            camera_ids?: string[];
        };
        /** OrderCamerasIn */
        OrderCamerasIn: {
            /** Camera Ids */
            camera_ids: string[];
            /**
             * Reason
             * @default
             */
            reason: string;
        };
        /** MediaToken */
        MediaToken: {
            /** Token */
            token: string;
            /** Expires Ms */
            expires_ms: number;
            /** Origin */
            origin: string;
        };
        /** TokenIn */
        TokenIn: {
            /** Uses */
            uses: ("live" | "playback" | "snapshot" | "clip")[];
            /**
             * Reason
             * @default
             */
            reason: string;
        };
        /** CameraToken */
        CameraToken: {
            /** Token */
            token: string;
            /** Expires Ms */
            expires_ms: number;
            /** Origin */
            origin: string;
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
        };
        /** CameraTokens */
        CameraTokens: {
            /** Items */
            items: components["schemas"]["CameraToken"][];
            /** Refused */
            refused: components["schemas"]["Refused"][];
        };
        /** Refused */
        Refused: {
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /** Code */
            code: string;
        };
        /** TokensIn */
        TokensIn: {
            /** Uses */
            uses: ("live" | "playback" | "snapshot" | "clip")[];
            /**
             * Reason
             * @default
             */
            reason: string;
            /** Camera Ids */
            camera_ids: string[];
        };
        /** AudioInfo */
        AudioInfo: {
            /**
             * Codec
             * @default
             */
            codec: string;
            /** Sample Rate */
            sample_rate?: number | null;
            /** Channels */
            channels?: number | null;
        };
        /** CameraTest */
        CameraTest: {
            /** Ok */
            ok: boolean;
            /** Reason */
            reason: string;
            /** Detail */
            detail: string;
            video: components["schemas"]["StreamInfo"] | null;
            audio: components["schemas"]["AudioInfo"] | null;
            /** Jpeg Base64 */
            jpeg_base64: string;
            /** Elapsed Ms */
            elapsed_ms: number;
        };
        /** StreamInfo */
        StreamInfo: {
            /**
             * Codec
             * @default
             */
            codec: string;
            /** Width */
            width?: number | null;
            /** Height */
            height?: number | null;
            /** Fps */
            fps?: number | null;
            /** Kbit S */
            kbit_s?: number | null;
        };
        /** CameraTestIn */
        CameraTestIn: {
            /** Url */
            url: string;
            /**
             * Username
             * @default
             */
            username: string;
            /**
             * Password
             * @default
             */
            password: string;
            /** Owner Present */
            owner_present: boolean;
        };
        /** Device */
        Device: {
            /** Address */
            address: string;
            /** Name */
            name: string;
            /** Make */
            make: string;
            /** Model */
            model: string;
            /** Host */
            host: string;
        };
        /** Discovery */
        Discovery: {
            /** Devices */
            devices: components["schemas"]["Device"][];
            /** Detail */
            detail: string;
        };
        /** Database */
        Database: {
            /** Ok */
            ok: boolean;
        };
        /** Disk */
        Disk: {
            /** Free Bytes */
            free_bytes: number;
            /** Total Bytes */
            total_bytes: number;
            /** Recordings Bytes */
            recordings_bytes: number | null;
        };
        /** EventLog */
        EventLog: {
            /** Ok */
            ok: boolean;
            /** Lag */
            lag: number | null;
        };
        /** Health */
        Health: {
            database: components["schemas"]["Database"];
            event_log: components["schemas"]["EventLog"];
            /** Workers */
            workers: components["schemas"]["Worker"][];
            /** Workers Expected */
            workers_expected: number;
            disk: components["schemas"]["Disk"];
            /** Version */
            version: string;
        };
        /** Worker */
        Worker: {
            /** Worker */
            worker: number;
            /** Pid */
            pid: number;
            /** At Ms */
            at_ms: number;
            /** Cameras */
            cameras: number;
            /** Open Streams */
            open_streams: number;
            /** Recording */
            recording: number;
            /** Viewers */
            viewers: number;
            /** Disk Free Bytes */
            disk_free_bytes: number;
            /** Loop Lag Ms */
            loop_lag_ms: number;
        };
        /** Layout */
        Layout: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /**
             * Grid
             * @enum {integer}
             */
            grid: 1 | 4 | 9 | 16 | 25;
            /** Tiles */
            tiles: (string | null)[];
            /** Shared */
            shared: boolean;
            owner: components["schemas"]["Who"];
            /** Edited Ms */
            edited_ms: number;
        };
        /** Layouts */
        Layouts: {
            /** Next */
            next: string | null;
            /** Total */
            total: number;
            /** As Of Ms */
            as_of_ms: number;
            /** Items */
            items: components["schemas"]["Layout"][];
        };
        /** LayoutIn */
        LayoutIn: {
            /** Name */
            name: string;
            /**
             * Grid
             * @enum {integer}
             */
            grid: 1 | 4 | 9 | 16 | 25;
            /** Tiles */
            tiles: (string | null)[];
            /**
             * Shared
             * @default false
             */
            shared: boolean;
        };
        /** LayoutEdit */
        LayoutEdit: {
            /** Name */
            name?: string | null;
            /** Grid */
            grid?: (1 | 4 | 9 | 16 | 25) | null;
            /** Tiles */
            tiles?: (string | null)[] | null;
            /** Shared */
            shared?: boolean | null;
            /**
             * Edited Ms
             * @description As read: when somebody else has saved since, the answer is 409
             */
            edited_ms: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    prahari_desks_accounts_api_get_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_accounts_api_patch_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MeIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_accounts_api_change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordIn"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_accounts_api_get_centre: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CentreOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_accounts_api_event_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventToken"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_accounts_api_list_jurisdictions: {
        parameters: {
            query?: {
                level?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JurisdictionsOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_accounts_api_list_boundaries: {
        parameters: {
            query?: {
                level?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_accounts_api_list_users: {
        parameters: {
            query?: {
                q?: string;
                jurisdiction?: string | null;
                locked?: boolean | null;
                limit?: number;
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsersOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_accounts_api_create_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewUser"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_accounts_api_get_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_accounts_api_patch_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserPatch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_accounts_api_user_history: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_accounts_api_give_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GrantIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_accounts_api_take_role: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: never;
            path: {
                user_id: string;
                grant_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_accounts_api_reset_password: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneTimePassword"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_accounts_api_list_roles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RolesOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_accounts_api_list_agencies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgenciesOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_accounts_api_create_agency: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgencyIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgencyOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_accounts_api_patch_agency: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgencyPatch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgencyOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_accounts_api_get_policy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_accounts_api_patch_policy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyPatch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_audit_api_list_audit: {
        parameters: {
            query?: {
                subject?: string;
                actor?: string | null;
                action?: string;
                from_ms?: number | null;
                to_ms?: number | null;
                limit?: number;
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditsOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_cameras_list_cameras: {
        parameters: {
            query?: {
                /** @description Words of name, premises, number, however spelt */
                q?: string;
                /** @description live, stalled, offline, no_consent, unknown */
                status?: string;
                /** @description Codes */
                owner_class?: string;
                /** @description Codes */
                department?: string;
                /** @description Codes */
                agency?: string;
                /** @description Path; everything below it too */
                jurisdiction?: string;
                /** @description Paths */
                ward?: string;
                kind?: string;
                placement?: string;
                recorded?: boolean | null;
                /** @description Ids */
                site?: string;
                /** @description Ids */
                premises?: string;
                /** @description west,south,east,north in degrees */
                bbox?: string;
                sort?: string;
                limit?: number;
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CameraPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_cameras_create_camera: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CameraIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CameraDetail"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_cameras_camera_map: {
        parameters: {
            query?: {
                /** @description Words of name, premises, number, however spelt */
                q?: string;
                /** @description live, stalled, offline, no_consent, unknown */
                status?: string;
                /** @description Codes */
                owner_class?: string;
                /** @description Codes */
                department?: string;
                /** @description Codes */
                agency?: string;
                /** @description Path; everything below it too */
                jurisdiction?: string;
                /** @description Paths */
                ward?: string;
                kind?: string;
                placement?: string;
                recorded?: boolean | null;
                /** @description Ids */
                site?: string;
                /** @description Ids */
                premises?: string;
                /** @description west,south,east,north in degrees */
                bbox?: string;
                zoom?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MapView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_cameras_camera_counts: {
        parameters: {
            query?: {
                /** @description Words of name, premises, number, however spelt */
                q?: string;
                /** @description live, stalled, offline, no_consent, unknown */
                status?: string;
                /** @description Codes */
                owner_class?: string;
                /** @description Codes */
                department?: string;
                /** @description Codes */
                agency?: string;
                /** @description Path; everything below it too */
                jurisdiction?: string;
                /** @description Paths */
                ward?: string;
                kind?: string;
                placement?: string;
                recorded?: boolean | null;
                /** @description Ids */
                site?: string;
                /** @description Ids */
                premises?: string;
                /** @description west,south,east,north in degrees */
                bbox?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Counts"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_cameras_export_cameras: {
        parameters: {
            query?: {
                /** @description Words of name, premises, number, however spelt */
                q?: string;
                /** @description live, stalled, offline, no_consent, unknown */
                status?: string;
                /** @description Codes */
                owner_class?: string;
                /** @description Codes */
                department?: string;
                /** @description Codes */
                agency?: string;
                /** @description Path; everything below it too */
                jurisdiction?: string;
                /** @description Paths */
                ward?: string;
                kind?: string;
                placement?: string;
                recorded?: boolean | null;
                /** @description Ids */
                site?: string;
                /** @description Ids */
                premises?: string;
                /** @description west,south,east,north in degrees */
                bbox?: string;
                format?: "csv" | "xlsx" | "geojson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_cameras_get_camera: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CameraDetail"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_cameras_edit_camera: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CameraEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CameraDetail"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_cameras_retire_camera: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Why"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_cameras_camera_history: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["History"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_cameras_camera_status_history: {
        parameters: {
            query?: {
                from_ms?: number | null;
            };
            header?: never;
            path: {
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusHistory"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_cameras_search_everything: {
        parameters: {
            query?: {
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Found"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_places_list_premises: {
        parameters: {
            query?: {
                q?: string;
                owner_class?: string;
                department?: string;
                jurisdiction?: string;
                without_cameras?: boolean | null;
                limit?: number;
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PremisesPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_places_create_premises: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PremisesIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PremisesDetail"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_places_get_premises: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                premises_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PremisesDetail"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_places_edit_premises: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                premises_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PremisesEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PremisesDetail"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_places_list_sites: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SitePage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_places_create_site: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SiteIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SiteRow"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_places_edit_site: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                site_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SiteEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SiteRow"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_lookups_list_departments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Departments"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_lookups_create_department: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DepartmentIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepartmentRow"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_lookups_edit_department: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DepartmentEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepartmentRow"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_lookups_list_owner_classes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnerClasses"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_lookups_create_owner_class: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnerClassIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnerClassRow"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_lookups_edit_owner_class: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnerClassEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnerClassRow"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_lookups_list_place_classes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaceClasses"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_lookups_create_place_class: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaceClassIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaceClassRow"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_lookups_edit_place_class: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaceClassEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaceClassRow"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_registry_api_lookups_list_retention_classes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionClasses"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_linking_api_camera_permits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Permits"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_linking_api_give_consent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsentIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Made"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_linking_api_withdraw_consent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                consent_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Why"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_linking_api_list_orders: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_linking_api_enter_order: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderRow"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_linking_api_name_cameras: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderCamerasIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderRow"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_linking_api_revoke_order: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Why"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_linking_api_media_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaToken"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_linking_api_media_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokensIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CameraTokens"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_linking_api_try_address: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CameraTestIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CameraTest"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_linking_api_discover: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Discovery"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_linking_api_centre_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_wall_api_list_layouts: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Layouts"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_wall_api_create_layout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LayoutIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Layout"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_wall_api_delete_layout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
    prahari_desks_wall_api_edit_layout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                layout_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LayoutEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Layout"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorOut"];
                };
            };
        };
    };
}
