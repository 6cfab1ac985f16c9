import { Module } from '@nestjs/common';
import { OnboardingModule } from '../../onboarding/onboarding.module.js';
import { PortalAccessModule } from '../access/portal-access.module.js';
import { PortalOnboardingController } from './portal-onboarding.controller.js';

/** How far a company is taken in. */
@Module({ imports: [PortalAccessModule, OnboardingModule], controllers: [PortalOnboardingController] })
export class PortalOnboardingModule {}
