import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsString, ValidateNested } from 'class-validator';
import type { Choice } from '@portico/domain/notifications';
import { Text } from '../documented.js';

const MOST = 500;
/** Some portals keep booleans as 0 and 1. */
const asBoolean = ({ value }: { value: unknown }): unknown => (value === 0 || value === 1 ? value === 1 : value);

/** How the user is told of a type. */
export class PreferenceDto {
  @Text('invoice_issued')
  notification_type!: string;

  /** Under which heading it stands, for programs. */
  @Text('finance')
  category!: string;

  /** In the language of the user, unless the firm calls it something of its own. */
  @Text('New invoice')
  label!: string;

  @Text('An invoice was issued to you', { nullable: true })
  description!: string | null;

  /** Whether it is shown in the portal. */
  @ApiProperty({ example: true })
  channel_in_app!: boolean;

  /** Whether it is told by mail. */
  @ApiProperty({ example: true })
  channel_email!: boolean;

  /** Whether the user has chosen it. */
  @ApiProperty({ example: false })
  is_customized!: boolean;
}

/** Every type of which clients are told. */
export class PreferenceList {
  preferences!: PreferenceDto[];
}

/** How the user wants to be told of a type. */
export class ChosenPreference {
  @IsString()
  @ApiProperty({ example: 'invoice_issued' })
  notification_type!: string;

  @Transform(asBoolean)
  @IsBoolean()
  @ApiProperty({ example: true })
  channel_in_app!: boolean;

  @Transform(asBoolean)
  @IsBoolean()
  @ApiProperty({ example: false })
  channel_email!: boolean;
}

/** The body of `PUT /api/portal/notifications/preferences`. */
export class PreferencesBody {
  /** What is not in it stays as it is. */
  @ValidateNested({ each: true })
  @ArrayMaxSize(MOST)
  @IsArray()
  @Type(() => ChosenPreference)
  @ApiProperty({ type: [ChosenPreference], maxItems: MOST })
  preferences!: ChosenPreference[];

  static choices({ preferences }: PreferencesBody): Choice[] {
    return preferences.map(({ notification_type: type, channel_in_app: inApp, channel_email: email }) => ({
      type,
      inApp,
      email,
    }));
  }
}
